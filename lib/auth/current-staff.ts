import 'server-only'
import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { endSession } from '#db/accounts/end-sessions.ts'
import type { FoundSession } from '#db/accounts/find-session.ts'
import { appendAuditEntry } from '#db/audit-log/append-audit-entry.ts'
import { db } from '#db/client.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { requestPlace } from '#lib/http/request-place.ts'
import { log } from '#lib/log.ts'
import { grantPermit, type Permission, type Permit, type Staff, staffActor } from '../domain/permissions.ts'
import { staffStanding } from '../domain/session-rules.ts'
import { secondFactorPath, signInPath } from '../paths.ts'
import { currentSession } from './current-session.ts'

/** Somebody who is in the back office, with the session they are in it by. */
export type CurrentStaff = Staff & { readonly session: FoundSession }

/**
 * Who is in the back office. Who is signed out is sent to sign in and who has given no code to give one, both to come
 * back; who does not work here is refused.
 */
export async function currentStaff(): Promise<CurrentStaff> {
  const { locale, path } = await requestPlace()
  const session = await currentSession()
  if (!session) redirect(signInPath(locale, path))
  const { account, staff } = session
  if (!staff) {
    log.warn({ account: account.id, path }, 'somebody who is not staff asked for the back office')
    forbidden()
  }
  const standing = staffStanding(session, new Date())
  if (standing === 'needs_code') redirect(secondFactorPath(locale, path))
  if (standing === 'lapsed') {
    await endSession(account.id, session.id, new Date())
    redirect(signInPath(locale, path))
  }
  return { staffId: account.id, name: account.name ?? account.email, roles: staff.roles, session }
}

/**
 * Leave to do one thing, for a page or an action of the back office. Who may not is answered 403, and the log says so.
 * @returns what the database's verbs of the back office ask for.
 */
export async function permitted<P extends Permission>(permission: P): Promise<Permit<P>> {
  const staff = await currentStaff()
  const permit = grantPermit(staff, permission)
  if (permit) return permit
  const { path } = await requestPlace()
  await appendAuditEntry(db, {
    actor: staffActor(staff),
    action: 'refused',
    about: { kind: 'permission', id: permission },
    after: { path },
    ip: clientIp(await headers()),
  })
  forbidden()
}
