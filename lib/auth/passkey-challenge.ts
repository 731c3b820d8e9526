import 'server-only'
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { env } from '#lib/env.ts'

/** How long somebody may take to touch their device, in milliseconds. */
export const CHALLENGE_MS = 5 * 60_000
const TIME_BYTES = 8

/** A challenge to make a passkey is none to sign in with. */
export type ChallengePurpose = 'make' | 'sign'

function seal(time: Buffer, sessionId: string, purpose: ChallengePurpose, secret: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'passkey-challenge', 32))
  return createHmac('sha256', key).update(`${purpose} ${sessionId} `).update(time).digest()
}

/**
 * What a passkey is to sign for a session: the instant and a seal of it. Nothing is kept until it is spent, and then
 * that no challenge of this instant or before counts any more (`spendChallenge`).
 */
export function makeChallenge(
  sessionId: string,
  purpose: ChallengePurpose,
  now: Date,
  secret: string | undefined = env.AUTH_SECRET,
): string {
  if (secret === undefined) throw new Error('AUTH_SECRET is not set, so nothing can be sealed.')
  const time = Buffer.alloc(TIME_BYTES)
  time.writeBigUInt64BE(BigInt(now.getTime()))
  return Buffer.concat([time, seal(time, sessionId, purpose, secret)]).toString('base64url')
}

/** The instant of a challenge that we gave this session for this, in the last five minutes; else null. */
export function challengeTime(
  challenge: string,
  sessionId: string,
  purpose: ChallengePurpose,
  now: Date,
  secrets: readonly (string | undefined)[] = [env.AUTH_SECRET, env.AUTH_SECRET_PREVIOUS],
): Date | null {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== TIME_BYTES + 32) return null
  const [time, given] = [bytes.subarray(0, TIME_BYTES), bytes.subarray(TIME_BYTES)]
  const ours = secrets.some(
    (secret) => secret !== undefined && timingSafeEqual(given, seal(time, sessionId, purpose, secret)),
  )
  if (!ours) return null
  const at = Number(time.readBigUInt64BE())
  return at <= now.getTime() && now.getTime() - at < CHALLENGE_MS ? new Date(at) : null
}
