import 'server-only'
import { checkCode } from './check-code.ts'
import { checkPasskey, isPasskeyAnswer } from './passkeys.ts'

type Session = { readonly id: string; readonly account: { readonly id: string } }

/** Takes what somebody gives after their password: the code of a device, one from paper, or what a passkey signed. */
export const checkSecondFactor = (session: Session, given: string, now: Date) =>
  isPasskeyAnswer(given) ? checkPasskey(session, given, now) : checkCode(session.account.id, given, now)
