import 'server-only'
import { noteCodeGiven } from '#db/accounts/second-factor.ts'
import { isSteppedUp } from '../domain/session-rules.ts'
import { checkCode } from './check-code.ts'
import { currentSession } from './current-session.ts'

/** True when the code of their device was given in the last five minutes, or is given now. */
export async function hasSteppedUp(code: string | null): Promise<boolean> {
  const session = await currentSession()
  const now = new Date()
  if (!session) return false
  if (isSteppedUp(session, now)) return true
  if (code === null || !(await checkCode(session.account.id, code, now)).ok) return false
  await noteCodeGiven(session.id, { opens: false }, now)
  return true
}
