const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const SLUG_MAX = 80

/**
 * Whether a part of an address can name anything of the catalogue: lower-case words joined by hyphens, 80 at most.
 * Asked before a lookup, so that nonsense costs no query and fills no cache.
 */
export const isSlug = (text: string): boolean => text.length <= SLUG_MAX && SLUG.test(text)
