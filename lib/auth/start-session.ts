import 'server-only'
import { cookies } from 'next/headers'
import { type Device, openSession } from '#db/accounts/open-session.ts'
import { secure } from '#lib/env.ts'
import { GREETING_COOKIE, greetingOf, sessionCookieName, sessionCookieOptions } from './session-cookies.ts'
import { sealSession } from './session-token.ts'

/** Signs the browser of this request in as somebody who has proved who they are. For actions alone: it sets cookies. */
export async function startSession(
  account: { readonly id: string; readonly name: string | null },
  device: Device,
  now: Date,
): Promise<void> {
  const sessionId = await openSession(account.id, device, now)
  const jar = await cookies()
  jar.set(sessionCookieName(secure), await sealSession(sessionId), sessionCookieOptions(secure))
  await greet(account.name)
}

/** Keeps the name that the header greets with. */
export async function greet(name: string | null): Promise<void> {
  const jar = await cookies()
  jar.set(GREETING_COOKIE, greetingOf(name), sessionCookieOptions(secure, { readable: true }))
}

/** Takes away what the browser holds; the session itself is ended in the database. */
export async function forgetSession(): Promise<void> {
  const jar = await cookies()
  jar.delete(sessionCookieName(secure))
  jar.delete(GREETING_COOKIE)
}
