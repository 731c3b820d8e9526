import type { Route } from 'next'

const BASE = 'https://shop.invalid'
const AT_MOST = 1500
const PLACE = /^\/(?:en|fr|zh)(?=[/?#]|$)/
/** Coming back to these would lead in a circle, or sign out who has just signed in. */
const NEVER_BACK_TO = /^\/[a-z]{2}\/account\/(?:sign-in|sign-up|sign-out|second-factor|link)(?:[/?#]|$)/
/** What a browser drops from an address or reads as a slash. */
const TRICKS = /[\\\p{Cc}\p{Zl}\p{Zp}]/u

/**
 * A path to go on to, as somebody may have written it into an address: only pages of this shop, as a browser will read
 * them. Null for everything else.
 */
export function ownPath(asked: string | null | undefined): Route | null {
  if (!asked || asked.length > AT_MOST || !PLACE.test(asked) || TRICKS.test(asked)) return null
  const url = URL.parse(asked, BASE)
  if (!url || url.origin !== BASE) return null
  const path = url.pathname + url.search + url.hash
  return PLACE.test(path) && !path.includes('//') && !NEVER_BACK_TO.test(path) ? (path as Route) : null
}
