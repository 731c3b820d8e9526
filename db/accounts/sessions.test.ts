import { expect, test } from 'vitest'
import { db } from '../client.ts'
import { endAllSessions, endSession } from './end-sessions.ts'
import { findSession, noteSeen } from './find-session.ts'
import { openSession } from './open-session.ts'
import { accounts, staff } from './schema.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const device = { ip: '203.0.113.7', userAgent: 'x'.repeat(5000) }

let made = 0
async function newAccount() {
  const [account] = await db
    .insert(accounts)
    .values({ email: `somebody-${++made}@example.com`, locale: 'en' })
    .returning({ id: accounts.id })
  if (!account) throw new Error('no account')
  return account.id
}

test('a session says whose it is, and what they are here', async () => {
  const accountId = await newAccount()
  const id = await openSession(accountId, device, NOW)
  expect(await findSession(id)).toMatchObject({ id, account: { id: accountId }, staff: null, revokedAt: null })
  await db.insert(staff).values({ accountId, roles: ['support', 'orders'] })
  expect((await findSession(id))?.staff).toEqual({ roles: ['support', 'orders'], enrolled: false })
  await db.update(staff).set({ endedAt: NOW })
  expect((await findSession(id))?.staff).toBeNull()
})

test('an id that is no session is nobody’s', async () => {
  expect(await findSession('00000000-0000-4000-8000-000000000000')).toBeNull()
})

test('one device is signed out by its owner only; all others at once', async () => {
  const [mine, theirs] = [await newAccount(), await newAccount()]
  const [first, second, other] = [
    await openSession(mine, device, NOW),
    await openSession(mine, device, NOW),
    await openSession(theirs, device, NOW),
  ]
  expect(await endSession(mine, other, NOW)).toBe(false)
  expect((await findSession(other))?.revokedAt).toBeNull()
  expect(await endSession(mine, first, NOW)).toBe(true)
  expect(await endSession(mine, first, NOW)).toBe(false)

  const third = await openSession(mine, device, NOW)
  expect(await endAllSessions(db, mine, NOW, third)).toBe(1)
  expect((await findSession(second))?.revokedAt).toEqual(NOW)
  expect((await findSession(third))?.revokedAt).toBeNull()
  expect((await findSession(other))?.revokedAt).toBeNull()
})

test('that a session is in use is written once a minute, and never for one that has ended', async () => {
  const accountId = await newAccount()
  const id = await openSession(accountId, device, NOW)
  const look = async (minutes: number) => {
    const session = await findSession(id)
    if (session) await noteSeen(session, minutesLater(minutes))
    return (await findSession(id))?.seenAt
  }
  expect(await look(0.9)).toEqual(NOW)
  expect(await look(2)).toEqual(minutesLater(2))
  await endSession(accountId, id, minutesLater(3))
  expect(await look(9)).toEqual(minutesLater(2))
})
