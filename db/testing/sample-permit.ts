import { grantPermit, type Permission, type Permit } from '#lib/domain/permissions.ts'

/** What the office's verbs ask for, of a shop's owner who is nobody. */
export function samplePermit<P extends Permission>(permission: P): Permit<P> {
  const permit = grantPermit(
    { staffId: '00000000-0000-4000-8000-000000000001', name: 'Test', roles: ['owner'] },
    permission,
  )
  if (!permit) throw new Error(`an owner may not ${permission}`)
  return permit
}
