import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import { env } from '#lib/env.ts'
import { SESSION_MS } from '../domain/session-rules.ts'

const MAX_AGE_S = SESSION_MS / 1000

/** @throws when the shop was started without AUTH_SECRET: nobody is signed in then, and nothing is guessed. */
function sealingSecret(): string {
  if (env.AUTH_SECRET === undefined) throw new Error('AUTH_SECRET is not set, so nobody can be signed in.')
  return env.AUTH_SECRET
}

/** What the browser of a session holds: a sealed JWT with the session's id and nothing else. */
export const sealSession = (sessionId: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret: sealingSecret(), maxAge: MAX_AGE_S })

/** The session's id in what a browser sent, or null for what we did not seal or sealed too long ago. */
export async function openSessionToken(token: string): Promise<string | null> {
  for (const secret of [sealingSecret(), env.AUTH_SECRET_PREVIOUS]) {
    if (secret === undefined) continue
    try {
      const opened = await decode({ token, secret })
      if (typeof opened?.['sid'] === 'string') return opened['sid']
    } catch {
      // Sealed by another key, or by nobody: the next one, then a refusal.
    }
  }
  return null
}
