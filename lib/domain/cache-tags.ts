/**
 * Names of what the catalogue pages cache. A read is tagged with every piece that it shows, so that a sale or a new
 * price invalidates exactly the pages that show the piece, and a busy shelf of thousands does not go stale as a whole.
 * Which pieces a list holds, and in which order, has a tag of its own. Lists show 24 pieces at most; Next allows 128
 * tags for an entry.
 */
export const productTag = (product: string) => `product:${product}`
/** What customers say of a piece; apart from the piece, so that a new review leaves the shelves alone. */
export const reviewsTag = (product: string) => `reviews:${product}`
/** The list of shelves with their names: navigation, sitemap. */
export const categoriesTag = 'categories'
/** Which pieces are on a shelf: one was added, removed, moved, or the shelf got another name. */
export const categoryTag = (category: string) => `category:${category}`
/** Which pieces are the newest. */
export const newestTag = 'newest'
/** What the owner decided about the shop: its lines in the footer. */
export const settingsTag = 'settings'
