/** Mail services where dots in the name and the two domains lead to one mailbox. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com'])

/**
 * The mailbox behind an address, so that one person counts once: lower case, without what follows a plus, and without
 * the dots that Gmail ignores. Never to be written to; it only tells customers apart.
 * @param email an address that was checked to be one.
 */
export function mailboxOf(email: string): string {
  const address = email.trim().toLowerCase()
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const [name = ''] = address.slice(0, at).split('+')
  return DOTLESS.has(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name || address.slice(0, at)}@${domain}`
}
