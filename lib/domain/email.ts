/** One `@`, printable ASCII, a host with a dot: what mail servers of today take. */
const SHAPE = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
export const EMAIL_AT_MOST = 254

/**
 * An e-mail address in the one form in which we keep it, in lower case; null for what is none. Letters of other
 * alphabets are refused rather than made alike: two that look the same must not be two accounts.
 */
export function parseEmail(typed: string): string | null {
  if (!/^[\x20-\x7e]*$/.test(typed)) return null
  const email = typed.trim().toLowerCase()
  if (email.length > EMAIL_AT_MOST || !SHAPE.test(email)) return null
  return email.includes('..') || email.startsWith('.') || email.includes('.@') ? null : email
}

/** An address as it is shown to who may not be its reader: `l…@example.com`. */
export const maskEmail = (email: string): string => email.replace(/^(.)[^@]*/u, '$1…')
