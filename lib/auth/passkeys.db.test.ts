import { expect, test, vi } from 'vitest'
import { ensureAccount } from '#db/accounts/find-account.ts'
import { listPasskeys } from '#db/accounts/passkeys.ts'
import { sessions, staff } from '#db/accounts/schema.ts'
import { db, sql } from '#db/client.ts'
import { makeChallenge } from './passkey-challenge.ts'
import { askForPasskey, checkPasskey, takePasskey } from './passkeys.ts'
import { newSoftPasskey } from './testing/soft-passkey.ts'

const ORIGIN = 'https://shop.example'
// The settings are parsed when the first of the modules above is loaded.
vi.hoisted(() => {
  process.env['AUTH_SECRET'] = 'a secret of this test alone, nowhere else'
  process.env['PUBLIC_URL'] = 'https://shop.example'
})
const NOW = new Date('2026-11-21T12:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

let made = 0
async function newSession() {
  const { id: accountId } = await ensureAccount(`passkey-${++made}@example.com`, 'en')
  await db.insert(staff).values({ accountId, roles: ['orders'] })
  const [session] = await db
    .insert(sessions)
    .values({ accountId, expiresAt: later(600) })
    .returning({ id: sessions.id })
  if (!session) throw new Error('no session')
  return { id: session.id, account: { id: accountId } }
}

async function withPasskey() {
  const session = await newSession()
  const passkey = newSoftPasskey(ORIGIN)
  const answer = passkey.register(makeChallenge(session.id, 'make', NOW))
  expect(await takePasskey(session, { made: answer, name: 'Laptop', ip: '' }, NOW)).toMatchObject({ ok: true })
  return { session, passkey, answer }
}

test('a passkey opens what a code opens, once for each challenge, however many try at once', async () => {
  const { session, passkey } = await withPasskey()
  const question = await askForPasskey(session, later(1))
  expect(question?.ids).toEqual([passkey.id.toString('base64url')])
  const signed = passkey.sign(question?.challenge ?? '')
  const tries = await Promise.all(Array.from({ length: 4 }, () => checkPasskey(session, signed, later(1))))
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await listPasskeys(session.account.id))[0]?.usedAt).toEqual(later(1))
})

test('a challenge is good for five minutes, for its session and for its purpose', async () => {
  const { session, passkey } = await withPasskey()
  const other = await newSession()
  const check = (challenge: string, now: Date) => checkPasskey(session, passkey.sign(challenge), now)
  expect(await check(makeChallenge(session.id, 'sign', NOW), later(5))).toMatchObject({ ok: false })
  expect(await check(makeChallenge(session.id, 'sign', later(1)), NOW)).toMatchObject({ ok: false })
  expect(await check(makeChallenge(other.id, 'sign', NOW), NOW)).toMatchObject({ ok: false })
  expect(await check(makeChallenge(session.id, 'make', later(2)), later(2))).toMatchObject({ ok: false })
})

test('somebody else’s passkey opens nothing, and guesses are counted with those of codes', async () => {
  const [mine, theirs] = [await withPasskey(), await withPasskey()]
  const sign = () => theirs.passkey.sign(makeChallenge(mine.session.id, 'sign', later(1)))
  for (let n = 0; n < 5; n++)
    expect(await checkPasskey(mine.session, sign(), later(1))).toMatchObject({ error: { code: 'wrong_code' } })
  const right = mine.passkey.sign(makeChallenge(mine.session.id, 'sign', later(1)))
  expect(await checkPasskey(mine.session, right, later(1))).toMatchObject({ ok: false })
  await sql`truncate rate_limits`
})

test('a passkey is made once: not again from the same answer, not for two accounts', async () => {
  const { session, passkey, answer } = await withPasskey()
  expect(await takePasskey(session, { made: answer, name: 'x', ip: '' }, NOW)).toMatchObject({
    error: { code: 'not_right' },
  })
  const other = await newSession()
  const again = passkey.register(makeChallenge(other.id, 'make', NOW))
  expect(await takePasskey(other, { made: again, name: 'x', ip: '' }, NOW)).toMatchObject({ error: { code: 'taken' } })
})
