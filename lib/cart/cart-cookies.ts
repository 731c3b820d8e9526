import { randomBytes } from 'node:crypto'
import { isSecret } from '#lib/domain/secret.ts'

const SIXTY_DAYS_S = 60 * 86_400

/** On https the browser itself keeps the secret from other hosts and from plain http. */
const secretName = (secure: boolean) => (secure ? '__Host-cart' : 'cart')

/** What the badge reads, so that static pages need to know nothing of the shopper. Holds a number and nothing else. */
const COUNT_NAME = 'cart_count'

const newCartToken = () => randomBytes(32).toString('base64url')

type CookieJar = { get(name: string): { value: string } | undefined }

/** The browser's secret as it came: nobody has looked at it yet. */
export const readCartToken = (jar: CookieJar, secure: boolean): string | undefined => jar.get(secretName(secure))?.value

/** The secret that the browser holds, or a new one where it holds none that can be ours. */
export function ensureCartToken(jar: CookieJar, secure: boolean): string {
  const token = readCartToken(jar, secure)
  return token && isSecret(token) ? token : newCartToken()
}

/** The units that the badge shows; anybody may have written it, so it is only good for showing. */
export function cartUnitsIn(jar: CookieJar): number {
  const units = Number(jar.get(COUNT_NAME)?.value)
  return Number.isSafeInteger(units) && units > 0 ? units : 0
}

type WritableJar = { set(name: string, value: string, options: object): unknown }

/** Keeps a cart and its badge for another 60 days, in an action; a door has {@link cartCookies}. */
export function keepCart(jar: WritableJar, token: string, units: number, secure: boolean): void {
  const kept = { path: '/', maxAge: SIXTY_DAYS_S, sameSite: 'lax', secure }
  jar.set(secretName(secure), token, { ...kept, httpOnly: true })
  jar.set(COUNT_NAME, String(units), kept)
}
/** What a browser holds of a cart, by name; the badge alone may be read by scripts. */
export const cartCookieValues = (token: string, units: number, secure: boolean) =>
  [
    {
      name: secretName(secure),
      value: token,
      httpOnly: true,
      maxAge: SIXTY_DAYS_S,
      path: '/',
      sameSite: 'lax',
      secure,
    },
    { name: COUNT_NAME, value: String(units), maxAge: SIXTY_DAYS_S, path: '/', sameSite: 'lax', secure },
  ] as const

/** The names of a cart's cookies. */
export const cartCookieNames = (secure: boolean): readonly string[] => [secretName(secure), COUNT_NAME]

/** The `Set-Cookie` values that keep a cart and its badge for another 60 days. */
export function cartCookies(token: string, units: number, secure: boolean): readonly string[] {
  const kept = `Path=/; Max-Age=${SIXTY_DAYS_S}; SameSite=Lax${secure ? '; Secure' : ''}`
  return [`${secretName(secure)}=${token}; ${kept}; HttpOnly`, `${COUNT_NAME}=${units}; ${kept}`]
}
