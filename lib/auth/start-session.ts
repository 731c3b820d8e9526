import 'server-only'
import { cookies } from 'next/headers'
import { type Device, openSession } from '#db/accounts/open-session.ts'
import { keepAccountCart } from '#db/carts/keep-account-cart.ts'
import { cartCookieNames, cartCookieValues, ensureCartToken } from '#lib/cart/cart-cookies.ts'
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
  const token = ensureCartToken(jar, secure)
  const units = await keepAccountCart(account.id, token)
  for (const cookie of cartCookieValues(token, units, secure)) jar.set(cookie)
}

/** Keeps the name that the header greets with. */
export async function greet(name: string | null): Promise<void> {
  const jar = await cookies()
  jar.set(GREETING_COOKIE, greetingOf(name), sessionCookieOptions(secure, { readable: true }))
}

/** Takes away what the browser holds; the session itself is ended in the database. */
export async function forgetSession(): Promise<void> {
  const jar = await cookies()
  const names = [sessionCookieName(secure), GREETING_COOKIE, ...cartCookieNames(secure)]
  // The cart stays with the account: who uses this browser next must not find it.
  // Browsers let go of a `__Host-` cookie only when it is taken away as it was set.
  for (const name of names) jar.set(name, '', { ...sessionCookieOptions(secure), maxAge: 0 })
}
