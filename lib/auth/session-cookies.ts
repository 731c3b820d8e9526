import { SESSION_MS } from '../domain/session-rules.ts'

/** On https the browser itself keeps the session from other hosts and from plain http. */
export const sessionCookieName = (secure: boolean) => (secure ? '__Host-session' : 'session')

/** What the header of static pages reads: the name to greet with, or nothing. It opens nothing. */
export const GREETING_COOKIE = 'greeting'

const NAME_AT_MOST = 40

/** How a cookie of a session is set; the greeting is the one that scripts may read. */
export const sessionCookieOptions = (secure: boolean, { readable = false } = {}) => ({
  path: '/',
  httpOnly: !readable,
  sameSite: 'lax' as const,
  secure,
  maxAge: SESSION_MS / 1000,
})

/** The value of the greeting; a cookie that is there and empty still says that somebody is signed in. */
export const greetingOf = (name: string | null): string => (name ?? '').slice(0, NAME_AT_MOST)
