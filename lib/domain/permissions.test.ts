import { expect, test } from 'vitest'
import { grantPermit, mayDo, PERMISSIONS, type Permission, ROLES, type Role } from './permissions.ts'

test('the owner may do everything', () => {
  expect(PERMISSIONS.filter((permission) => !mayDo(['owner'], permission))).toEqual([])
})

test('nobody without a role may do anything, and no role but one may manage staff', () => {
  expect(PERMISSIONS.filter((permission) => mayDo([], permission))).toEqual([])
  expect(ROLES.filter((role) => mayDo([role], 'staff.manage'))).toEqual(['owner'])
})

test('several roles may do what each of them may', () => {
  for (const one of ROLES)
    for (const other of ROLES)
      for (const permission of PERMISSIONS)
        expect(mayDo([one, other], permission)).toBe(mayDo([one], permission) || mayDo([other], permission))
})

test.each<[Role, Permission]>([
  ['support', 'refunds.request'],
  ['orders', 'refunds.approve'],
  ['catalogue', 'orders.read'],
  ['auditor', 'orders.note'],
])('%s has no %s', (role, permission) => {
  expect(grantPermit({ staffId: 'a', name: 'A', roles: [role] }, permission)).toBeNull()
})

test('the auditor changes nothing', () => {
  const reads = PERMISSIONS.filter((permission) => permission.endsWith('.read'))
  expect(PERMISSIONS.filter((permission) => mayDo(['auditor'], permission) && !reads.includes(permission))).toEqual([])
})
