const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long a sign-in lasts at most, and how long it lasts unused, in milliseconds. */
export const SESSION_MS = 30 * 24 * HOUR_MS
export const SESSION_IDLE_MS = 14 * 24 * HOUR_MS
/** The same for the back office, from the code that staff gave. */
export const STAFF_SESSION_MS = 8 * HOUR_MS
export const STAFF_IDLE_MS = 30 * MINUTE_MS
/** How long after the password a code must be given, and how long a further one is good for what is dangerous. */
export const SECOND_FACTOR_WITHIN_MS = 10 * MINUTE_MS
export const STEP_UP_MS = 5 * MINUTE_MS
/** That a session is in use is written this often. */
export const SEEN_EVERY_MS = MINUTE_MS

export type SessionTimes = {
  readonly createdAt: Date
  readonly seenAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly secondFactorAt: Date | null
  readonly steppedUpAt: Date | null
}

/** True while a session counts at all. */
export const isLive = ({ seenAt, expiresAt, revokedAt }: SessionTimes, now: Date): boolean =>
  revokedAt === null && now < expiresAt && now.getTime() - seenAt.getTime() < SESSION_IDLE_MS

/** What a live session is to the back office. `lapsed`: too old or idle too long, so that it must end. */
export function staffStanding(session: SessionTimes, now: Date): 'open' | 'needs_code' | 'lapsed' {
  const { createdAt, seenAt, secondFactorAt } = session
  if (secondFactorAt === null)
    return now.getTime() - createdAt.getTime() < SECOND_FACTOR_WITHIN_MS ? 'needs_code' : 'lapsed'
  const idle = now.getTime() - seenAt.getTime() >= STAFF_IDLE_MS
  return idle || now.getTime() - secondFactorAt.getTime() >= STAFF_SESSION_MS ? 'lapsed' : 'open'
}

/** True for the few minutes after a code in which dangerous things may be done. */
export const isSteppedUp = ({ steppedUpAt }: SessionTimes, now: Date): boolean =>
  steppedUpAt !== null && now.getTime() - steppedUpAt.getTime() < STEP_UP_MS
