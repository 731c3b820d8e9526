import { expect, test } from 'vitest'
import type { Role } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { samplePermit } from '../../testing/sample-permit.ts'
import { findSession } from '../find-session.ts'
import { openSession } from '../open-session.ts'
import { accounts } from '../schema.ts'
import { listStaff } from './list-staff.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { setRoles } from './set-roles.ts'

const manage = samplePermit('staff.manage')
const NOW = new Date('2026-11-21T08:00:00Z')

async function person(email: string) {
  const [account] = await db.insert(accounts).values({ email, locale: 'en' }).returning({ id: accounts.id })
  if (!account) throw new Error('nobody was written')
  const sessionId = await openSession(account.id, { ip: '127.0.0.1', userAgent: 'test' }, NOW)
  const rolesNow = async () => (await findSession(sessionId))?.staff?.roles ?? []
  const set = (roles: readonly Role[], seen: readonly Role[]) => setRoles(manage, { email, roles, seen, now: NOW })
  return { ...account, sessionId, rolesNow, set }
}

test('roles are given, taken away at the next request, and never from the last owner', async () => {
  const [ann, bo] = await Promise.all([person('ann@example.com'), person('bo@example.com')])
  expect(await ann.set(['owner'], [])).toMatchObject({ ok: true })
  expect(await ann.set(['catalogue'], ['owner'])).toMatchObject({ error: { code: 'last_owner' } })
  expect(await bo.set(['orders', 'owner'], [])).toMatchObject({ ok: true })
  expect(await bo.rolesNow()).toEqual(['orders', 'owner'])
  expect(await bo.set(['orders'], [])).toMatchObject({ error: { code: 'changed_meanwhile' } })

  const both = await Promise.all([ann.set([], ['owner']), bo.set([], ['orders', 'owner'])])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await listStaff(manage)).toHaveLength(1)
  const gone = both[0]?.ok ? ann : bo
  expect(await gone.rolesNow()).toEqual([])
  expect((await findSession(gone.sessionId))?.revokedAt).toEqual(NOW)
})

test('nobody is made staff without an account; a reset signs out', async () => {
  const unknown = { email: 'nobody@example.com', roles: ['support'] as const, seen: [], now: NOW }
  expect(await setRoles(manage, unknown)).toMatchObject({ error: { code: 'unknown_account' } })
  const cy = await person('cy@example.com')
  await cy.set(['support'], [])
  await resetSecondFactor(manage, cy.id, NOW)
  expect((await findSession(cy.sessionId))?.revokedAt).toEqual(NOW)
})
