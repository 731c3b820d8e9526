import 'server-only'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { isLocale, type Locale } from '../domain/locale.ts'
import { isSecret } from '../domain/secret.ts'
import { env, secure } from '../env.ts'
import type { PaymentProvider } from '../payments/port.ts'

/** A login is a redirect there and back: minutes are plenty. */
const KEPT_S = 600
const NAME = secure ? '__Secure-buyer-login' : 'buyer-login'
const STATE_BYTES = 16

type LoggingIn = { readonly secret: string; readonly locale: Locale }
type CookieJar = { get(name: string): { value: string } | undefined }

/**
 * Sends a browser to the provider to be known there. What comes back must bring the `state` that this browser keeps in
 * its cookie: nobody can have another's browser go on with a login of their own.
 */
export function beginLogin(
  { name, buyerLogin }: Pick<PaymentProvider, 'name' | 'buyerLogin'>,
  { secret, locale }: LoggingIn,
): { readonly url: string; readonly cookie: string } | null {
  if (!buyerLogin) return null
  const state = randomBytes(STATE_BYTES).toString('hex')
  const url = buyerLogin.url({ returnUrl: `${env.PUBLIC_URL}/api/login/${name}`, state })
  return { url, cookie: cookieOf(`${state}.${locale}.${secret}`, KEPT_S) }
}

/** The `Set-Cookie` value after which a login can't be gone on with. */
export const endLogin = (): string => cookieOf('', 0)

const cookieOf = (value: string, seconds: number): string =>
  `${NAME}=${value}; Path=/api/login; Max-Age=${seconds}; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`

const Kept = z.object({
  state: z.string().regex(/^[0-9a-f]{32}$/),
  locale: z.string().refine(isLocale),
  secret: z.string().refine(isSecret),
})

/** The login that this browser is in the midst of; null when there is none. */
export function readLogin(jar: CookieJar): (LoggingIn & { readonly state: string }) | null {
  const [state, locale, secret] = jar.get(NAME)?.value.split('.') ?? []
  const kept = Kept.safeParse({ state, locale, secret })
  return kept.success ? kept.data : null
}
