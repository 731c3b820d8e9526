import 'server-only'
import { noteCodeGiven } from '#db/accounts/second-factor.ts'
import { isSteppedUp } from '../domain/session-rules.ts'
import { checkSecondFactor } from './check-second-factor.ts'
import { currentSession } from './current-session.ts'
import { askForPasskey, type PasskeyQuestion } from './passkeys.ts'

/** True when the code of their device or a passkey was given in the last five minutes, or is given now. */
export async function hasSteppedUp(code: string | null): Promise<boolean> {
  const session = await currentSession()
  const now = new Date()
  if (!session) return false
  if (isSteppedUp(session, now)) return true
  if (code === null || !(await checkSecondFactor(session, code, now)).ok) return false
  await noteCodeGiven(session.id, { opens: false }, now)
  return true
}

/** What the browser may ask a passkey instead of the code; null for who has none. */
export async function passkeyToStepUp(): Promise<PasskeyQuestion | null> {
  const session = await currentSession()
  return session && askForPasskey(session, new Date())
}
