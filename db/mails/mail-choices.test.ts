import { expect, test } from 'vitest'
import { EVERY_MAIL } from '#lib/domain/mail-topics.ts'
import { db, sql } from '../client.ts'
import { carryMailChoices, chooseMails, listMailChoices, readMailChoices, wantsMail } from './mail-choices.ts'

const [FIRST, LATER] = [new Date('2026-11-21T10:00:00Z'), new Date('2026-11-22T10:00:00Z')]

test('who never chose wants all; what was chosen holds, whatever the letters of the address', async () => {
  expect(await readMailChoices('a@example.com')).toEqual(EVERY_MAIL)
  await chooseMails('a@example.com', { review: false }, 'link', FIRST)
  expect(await readMailChoices('A@Example.com')).toEqual({ ...EVERY_MAIL, review: false })
  expect(await wantsMail('review', ['a@example.com'])).toBe(false)
  expect(await wantsMail('delivered', ['a@example.com'])).toBe(true)
})

test('a no of one of the addresses is enough', async () => {
  await chooseMails('account@example.com', { delivered: false }, 'account', FIRST)
  expect(await wantsMail('delivered', ['order@example.com', 'account@example.com'])).toBe(false)
  expect(await wantsMail('delivered', ['order@example.com', 'order@example.com'])).toBe(true)
})

test('the same choice again keeps when and where it was made first; another one is kept with its own', async () => {
  const email = 'b@example.com'
  await chooseMails(email, { review: false }, 'link', FIRST)
  await chooseMails(email, { review: false, reminder: true }, 'account', LATER)
  expect(await listMailChoices(email)).toEqual(
    expect.arrayContaining([
      { topic: 'review', wanted: false, chosenBy: 'link', chosenAt: FIRST },
      { topic: 'reminder', wanted: true, chosenBy: 'account', chosenAt: LATER },
    ]),
  )
  await chooseMails(email, { review: true }, 'account', LATER)
  expect(await wantsMail('review', [email])).toBe(true)
})

test('with a new address the choices go along, and never over what that one chose itself', async () => {
  await chooseMails('old@example.com', { review: false, delivered: false }, 'account', FIRST)
  await chooseMails('new@example.com', { delivered: true }, 'link', FIRST)
  await carryMailChoices(db, 'old@example.com', 'new@example.com')
  expect(await readMailChoices('new@example.com')).toEqual({ reminder: true, delivered: true, review: false })
})

test('nobody’s address stands in the table', async () => {
  const rows = await sql`select encode(email_hash, 'escape') as hash from mail_choices`
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain('example')
})
