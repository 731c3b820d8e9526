import { grantPermit, type Permission, type Permit } from '#lib/domain/permissions.ts'

/** The permit of an owner by this name. */
export function permitFor<P extends Permission>(permission: P, name = 'mei'): Permit<P> {
  const permit = grantPermit({ staffId: name, name, roles: ['owner'] }, permission)
  if (!permit) throw new Error(`an owner may not ${permission}`)
  return permit
}
