/**
 * Names of what the catalogue pages cache. A read is tagged with what it shows; a change invalidates what shows it.
 * A list has a tag of its own instead of one for each member, so that its size does not matter.
 */
export const homeTag = 'home'
/** The list of shelves with their names: navigation, sitemap. */
export const categoriesTag = 'categories'
export const categoryTag = (category: string) => `category:${category}`
export const productTag = (product: string) => `product:${product}`

/** Everything that shows a product's price or stock: its own page, its shelf, the new pieces on the home page. */
export const tagsShowing = (product: string, category: string) => [productTag(product), categoryTag(category), homeTag]
