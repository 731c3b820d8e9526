import 'server-only'
import { addPasskey, findPasskey, listPasskeys, notePasskeyUse, spendChallenge } from '#db/accounts/passkeys.ts'
import { type LimitReached, takeFromLimit } from '#db/limits/take-from-limit.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type ChallengePurpose, challengeTime, makeChallenge } from './passkey-challenge.ts'
import { type Ceremony, judgeAssertion, passkeyIdIn, readRegistration } from './webauthn.ts'

/** What a browser needs to know to ask somebody for a passkey. */
export type PasskeyQuestion = { readonly challenge: string; readonly ids: readonly string[] }
type Session = { readonly id: string; readonly account: { readonly id: string } }

/** The question for a session's passkeys; null for who has none. */
export async function askForPasskey(session: Session, now: Date): Promise<PasskeyQuestion | null> {
  const known = await listPasskeys(session.account.id)
  if (known.length === 0) return null
  return { challenge: makeChallenge(session.id, 'sign', now), ids: known.map(({ id }) => id) }
}

/** True for what a browser sends in place of a code. */
export const isPasskeyAnswer = (typed: string): boolean => typed.startsWith('{')

/** Takes what a passkey has signed for this session: once, and five may be tried in half an hour together with codes. */
export async function checkPasskey(
  session: Session,
  typed: string,
  now: Date,
): Promise<Result<'passkey', LimitReached | { readonly code: 'wrong_code' }>> {
  const taken = await takeFromLimit('second-factor', session.account.id)
  if (!taken.ok) return taken
  const id = passkeyIdIn(typed)
  const known = id && (await findPasskey(session.account.id, id))
  if (!known) return err({ code: 'wrong_code' })
  const judged = judgeAssertion(typed, known, ceremonyOf(session, 'sign', now))
  if (!judged.ok) {
    log.warn({ account: session.account.id, reason: judged.error.reason }, 'a passkey was refused')
    return err({ code: 'wrong_code' })
  }
  const { challenge, counter } = judged.value
  const right = (await spend(session, challenge, 'sign', now)) && (await notePasskeyUse(id, counter, now))
  return right ? ok('passkey') : err({ code: 'wrong_code' })
}

/** Keeps the passkey that a browser has made for this session. @returns its id, in base64url. */
export async function takePasskey(
  session: Session,
  { made, name, ip }: { readonly made: string; readonly name: string; readonly ip: string },
  now: Date,
): Promise<Result<string, { readonly code: 'not_right' | 'taken' | 'too_many' }>> {
  const read = readRegistration(made, ceremonyOf(session, 'make', now))
  if (!read.ok) {
    log.warn({ account: session.account.id, reason: read.error.reason }, 'a new passkey was refused')
    return read
  }
  const { id, publicKey, counter, challenge } = read.value
  if (!(await spend(session, challenge, 'make', now))) return err({ code: 'not_right' })
  const added = await addPasskey(session.account.id, { id, publicKey, counter, name }, ip)
  return added.ok ? ok(id.toString('base64url')) : added
}

const ceremonyOf = ({ id }: Session, purpose: ChallengePurpose, now: Date): Ceremony => ({
  origin: new URL(env.PUBLIC_URL).origin,
  isOurs: (challenge) => challengeTime(challenge, id, purpose, now) !== null,
})

async function spend({ id }: Session, challenge: string, purpose: ChallengePurpose, now: Date): Promise<boolean> {
  const at = challengeTime(challenge, id, purpose, now)
  return at !== null && spendChallenge(id, at)
}
