import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { AccountLinkKind } from '#lib/domain/account-links.ts'
import { db } from '../client.ts'
import { addAccountLink } from './add-account-link.ts'
import { ensureAccount, findAccountByEmail } from './find-account.ts'
import { findAccountLink } from './find-account-link.ts'
import { findSession } from './find-session.ts'
import { openSession } from './open-session.ts'
import { accountLinks } from './schema.ts'
import { changeEmail, confirmAccount, resetPassword, takeSignInLink } from './use-account-link.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const chosen = { name: 'Li Wei', passwordHash: 'the new hash' }

let email = ''
let made = 0
beforeEach(() => {
  email = `li-${++made}@example.com`
})

async function mailed(kind: AccountLinkKind, to = email) {
  const account = await ensureAccount(email, 'en')
  return { account, secret: await addAccountLink({ kind, accountId: account.id, email: to }, NOW) }
}
const mails = async () =>
  (await db.execute<{ data: unknown }>(sql`select data from pgboss.job where name = 'send-account-mail'`)).map(
    ({ data }) => data,
  )

test('a link opens an account once, however many press at once', async () => {
  const { account, secret } = await mailed('confirm')
  expect(account.confirmedAt).toBeNull()
  const presses = await Promise.all(Array.from({ length: 8 }, () => confirmAccount(secret, chosen, later(5))))
  expect(presses.filter(({ ok }) => ok)).toHaveLength(1)
  expect(presses.filter((press) => !press.ok && press.error.code === 'used')).toHaveLength(7)
  expect(await findAccountByEmail(email)).toMatchObject({ ...chosen, confirmedAt: later(5) })
})

test.each<[Exclude<AccountLinkKind, 'invite'>, minutes: number]>([
  ['confirm', 3 * 24 * 60],
  ['sign_in', 15],
  ['reset', 30],
  ['change_email', 24 * 60],
])('a link to %s is good for %i minutes, to the minute', async (kind, minutes) => {
  const take = {
    confirm: (s: string, at: Date) => confirmAccount(s, chosen, at),
    sign_in: takeSignInLink,
    change_email: changeEmail,
    reset: (s: string, at: Date) => resetPassword(s, 'x', at),
  }[kind]
  const { secret } = await mailed(kind, kind === 'change_email' ? `new-${email}` : email)
  expect(await take(secret, later(minutes))).toEqual({ ok: false, error: { code: 'expired' } })
  expect((await take(secret, later(minutes - 1))).ok).toBe(true)
  expect(await take(secret, later(minutes + 9))).toEqual({ ok: false, error: { code: 'used' } })
})

test('a link of one kind is good for nothing else, and one that nobody was sent for nothing at all', async () => {
  const { secret } = await mailed('sign_in')
  expect(await resetPassword(secret, 'x', NOW)).toEqual({ ok: false, error: { code: 'unknown' } })
  expect(await confirmAccount(secret, chosen, NOW)).toEqual({ ok: false, error: { code: 'unknown' } })
  expect(await takeSignInLink('A'.repeat(43), NOW)).toEqual({ ok: false, error: { code: 'unknown' } })
  expect((await takeSignInLink(secret, NOW)).ok).toBe(true)
})

test('the table of links opens nothing', async () => {
  const { secret } = await mailed('reset')
  const rows = await db.select().from(accountLinks)
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(await findAccountLink(secret)).not.toBeNull()
})

test('a new password signs every device out, spends the other links to reset and writes to the owner', async () => {
  const { account, secret } = await mailed('reset')
  const other = await addAccountLink({ kind: 'reset', accountId: account.id, email }, NOW)
  const session = await openSession(account.id, { ip: '', userAgent: '' }, NOW)
  expect((await resetPassword(secret, 'the new hash', later(1))).ok).toBe(true)
  expect((await findSession(session))?.revokedAt).toEqual(later(1))
  expect(await resetPassword(other, 'a third hash', later(2))).toEqual({ ok: false, error: { code: 'used' } })
  expect(await mails()).toContainEqual(expect.objectContaining({ wish: 'password_changed', email }))
})

test('an account moves to a new address, tells the old one, and leaves its links behind', async () => {
  const { account, secret } = await mailed('change_email', `new-${email}`)
  const back = await addAccountLink({ kind: 'reset', accountId: account.id, email }, NOW)
  expect((await changeEmail(secret, NOW)).ok).toBe(true)
  expect((await findAccountByEmail(`new-${email}`))?.id).toBe(account.id)
  expect(await resetPassword(back, 'x', NOW)).toEqual({ ok: false, error: { code: 'used' } })
  expect(await mails()).toContainEqual(expect.objectContaining({ wish: 'email_changed', email }))
})

test('an address that somebody else took meanwhile is refused, and the link stays good', async () => {
  const { secret } = await mailed('change_email', `new-${email}`)
  const other = await ensureAccount(`new-${email}`, 'en')
  expect(await changeEmail(secret, NOW)).toEqual({ ok: false, error: { code: 'email_taken' } })
  await db.execute(sql`delete from accounts where id = ${other.id}`)
  expect((await changeEmail(secret, NOW)).ok).toBe(true)
  expect(await db.$count(accountLinks, eq(accountLinks.accountId, other.id))).toBe(0)
})
