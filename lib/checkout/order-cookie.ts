/** As long as a payment page can be left open, and the way back from it. */
const KEPT_S = 4 * 3_600

type CookieJar = { get(name: string): { value: string } | undefined }

const nameOf = (secure: boolean) => (secure ? '__Secure-paying' : 'paying')

/**
 * The `Set-Cookie` value by which a browser that comes back from a provider finds its order. The address that the
 * provider sends it to does not hold the secret, which would make it known there and stand in our attempts.
 */
export const payingCookie = (secret: string, secure: boolean): string =>
  `${nameOf(secure)}=${secret}; Path=/api/return; Max-Age=${KEPT_S}; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`

/** The secret of the order that this browser went to pay last, as it came. */
export const readPayingCookie = (jar: CookieJar, secure: boolean): string | undefined => jar.get(nameOf(secure))?.value
