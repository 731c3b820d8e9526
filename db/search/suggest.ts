import 'server-only'
import { and, inArray, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { asksNothing, type SearchQuery, searchLanguages } from '#lib/domain/search-query.ts'
import { inLocale } from '../catalog/in-locale.ts'
import { isPublished } from '../catalog/is-published.ts'
import { categories, products } from '../catalog/schema.ts'
import { db } from '../client.ts'
import { answerQuery } from './answer-query.ts'
import { allOf } from './match-condition.ts'

const SUGGESTIONS_MAX = 8
const CATEGORIES_MAX = 2

export type Suggestion = { readonly kind: 'category' | 'product'; readonly slug: string; readonly name: string }

/** What the shopper may be about to type: shelves that are called so, then pieces, 8 in all at most. */
export async function suggest(query: SearchQuery, locale: Locale): Promise<Suggestion[]> {
  if (asksNothing(query)) return []
  const [shelves, pieces] = await Promise.all([suggestCategories(query, locale), suggestProducts(query, locale)])
  return [...shelves, ...pieces].slice(0, SUGGESTIONS_MAX)
}

/** A shop has a few dozen shelves, so their names are weighed on the spot. */
async function suggestCategories(query: SearchQuery, locale: Locale): Promise<Suggestion[]> {
  const [language] = searchLanguages(query, locale)
  const rows = await db
    .select({ slug: categories.slug, name: inLocale(categories.name, locale) })
    .from(categories)
    .where(sql`search_vector(${inLocale(categories.name, language)}, ${language}::text) @@ ${allOf(query, language)}`)
    .orderBy(categories.position)
    .limit(CATEGORIES_MAX)
  return rows.map((row) => ({ kind: 'category', ...row }))
}

async function suggestProducts(query: SearchQuery, locale: Locale): Promise<Suggestion[]> {
  const { ids, to } = await answerQuery(query, locale)
  const best = to === 'some' ? [] : ids.slice(0, SUGGESTIONS_MAX)
  if (best.length === 0) return []
  const rows = await db
    .select({ id: products.id, slug: products.slug, name: inLocale(products.name, locale) })
    .from(products)
    .where(and(inArray(products.id, best), isPublished))
  return best.flatMap((id) => {
    const row = rows.find((one) => one.id === id)
    return row ? { kind: 'product' as const, slug: row.slug, name: row.name } : []
  })
}
