import 'server-only'
import { type FoundSession, findSession } from '#db/accounts/find-session.ts'
import { isLive } from '../domain/session-rules.ts'
import { secure } from '../env.ts'
import { sessionCookieName } from './session-cookies.ts'
import { openSessionToken } from './session-token.ts'

type CookieJar = { get(name: string): { value: string } | undefined }

/** The live session that a browser's cookies name, or null. */
export async function sessionOfCookies(jar: CookieJar, now: Date): Promise<FoundSession | null> {
  const token = jar.get(sessionCookieName(secure))?.value
  const sessionId = token ? await openSessionToken(token) : null
  const session = sessionId === null ? null : await findSession(sessionId)
  return session && isLive(session, now) ? session : null
}
