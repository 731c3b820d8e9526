import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { INVITATION_GOOD_FOR_MS } from '#lib/domain/staff-invitation.ts'
import { db } from '../../client.ts'
import { samplePermit } from '../../testing/sample-permit.ts'
import { acceptInvitation } from '../accept-invitation.ts'
import { addAccountLink } from '../add-account-link.ts'
import { ensureAccount, findAccountByEmail } from '../find-account.ts'
import { findAccountLink } from '../find-account-link.ts'
import { isInvited } from '../is-invited.ts'
import { inviteStaff, revokeInvitation } from './invite-staff.ts'
import { listInvitations } from './list-invitations.ts'
import { listStaff } from './list-staff.ts'

const manage = samplePermit('staff.manage')
const NOW = new Date('2026-11-21T08:00:00Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)
const FRESH = { name: 'Jun', passwordHash: 'hash' }

/** What the worker does when it writes the mail. */
async function mailed(email: string): Promise<string> {
  const account = await findAccountByEmail(email)
  if (!account || !(await isInvited(account.id))) throw new Error('nobody is invited')
  return addAccountLink({ kind: 'invite', accountId: account.id, email }, NOW)
}
const invite = (email: string, roles: Parameters<typeof inviteStaff>[1]['roles'] = ['orders']) =>
  inviteStaff(manage, { email, roles, locale: 'fr', now: NOW })
const rolesOf = async (email: string) => (await listStaff(manage)).find((one) => one.email === email)?.roles

test('who is invited comes once, with the roles that were chosen, and the log tells who asked them', async () => {
  const email = 'jun@example.com'
  expect(await invite(email, ['orders', 'support'])).toMatchObject({ ok: true })
  const secret = await mailed(email)
  const presses = await Promise.all(Array.from({ length: 5 }, () => acceptInvitation(secret, FRESH, later(1000))))
  expect(presses.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await rolesOf(email)).toEqual(['orders', 'support'])
  expect(await findAccountByEmail(email)).toMatchObject({ ...FRESH, confirmedAt: later(1000) })
  expect(await listInvitations(manage)).toEqual([])
  expect(await invite(email)).toMatchObject({ error: { code: 'works_here' } })
  const logged = await db.execute(sql`
    select action, after->>'invitedBy' as by from audit_log where about_kind = 'staff' order by id`)
  expect(logged).toEqual([
    { action: 'staff.invite', by: null },
    { action: 'staff.join', by: manage.staffId },
  ])
})

test('a further invitation ends the link before, and counts with its own roles', async () => {
  const email = 'bo@example.com'
  await invite(email, ['owner'])
  const first = await mailed(email)
  await invite(email, ['auditor'])
  const second = await mailed(email)
  expect(await acceptInvitation(first, FRESH, NOW)).toMatchObject({ error: { code: 'used' } })
  expect(await acceptInvitation(second, FRESH, NOW)).toMatchObject({ ok: true })
  expect(await rolesOf(email)).toEqual(['auditor'])
})

test('an invitation that was taken back or is over opens nothing, and nobody of that address is confirmed by it', async () => {
  const email = 'cai@example.com'
  await invite(email)
  const [taken, overdue] = [await mailed(email), 'late@example.com']
  const account = await findAccountByEmail(email)
  expect(await revokeInvitation(manage, account?.id ?? '', NOW)).toMatchObject({ ok: true })
  expect(await revokeInvitation(manage, account?.id ?? '', NOW)).toMatchObject({ error: { code: 'not_invited' } })
  expect(await acceptInvitation(taken, FRESH, NOW)).toMatchObject({ ok: false })
  await expect(mailed(email)).rejects.toThrow('nobody is invited')
  await invite(overdue)
  const late = await mailed(overdue)
  expect(await acceptInvitation(late, FRESH, later(INVITATION_GOOD_FOR_MS))).toMatchObject({
    error: { code: 'expired' },
  })
  expect((await findAccountByEmail(email))?.confirmedAt).toBeNull()
  expect([await rolesOf(email), await rolesOf(overdue)]).toEqual([undefined, undefined])
})

test('a link whose invitation is gone is refused and not spent: nothing of a refusal stays', async () => {
  const email = 'dai@example.com'
  await invite(email)
  const secret = await mailed(email)
  await db.execute(sql`delete from staff_invitations`)
  expect(await acceptInvitation(secret, FRESH, NOW)).toMatchObject({ error: { code: 'unknown' } })
  expect((await findAccountLink(secret))?.link.usedAt).toBeNull()
})

test('who has an account keeps its name and password', async () => {
  const account = await ensureAccount('ann@example.com', 'en')
  await db.execute(sql`
    update accounts set name = 'Ann', password_hash = 'hers', confirmed_at = now() where id = ${account.id}`)
  await invite('ann@example.com', ['finance'])
  expect(await acceptInvitation(await mailed('ann@example.com'), null, NOW)).toMatchObject({ ok: true })
  expect(await findAccountByEmail('ann@example.com')).toMatchObject({ name: 'Ann', passwordHash: 'hers', locale: 'en' })
  expect(await rolesOf('ann@example.com')).toEqual(['finance'])
})
