import 'server-only'
import type { Locale } from '#lib/domain/locale.ts'
import type { SearchQuery } from '#lib/domain/search-query.ts'
import { type ProductCard, readProductCards } from '../catalog/product-card.ts'
import { type Answer, answerQuery } from './answer-query.ts'
import { FOUND_MAX } from './find-products.ts'

export type SearchPage = Pick<Answer, 'to' | 'correction'> & {
  readonly products: readonly ProductCard[]
  readonly page: number
  readonly pageCount: number
  /** How many pieces in all; when `orMore`, the search stopped counting there. */
  readonly found: number
  readonly orMore: boolean
}

/**
 * The pieces that answer a question in the words of a shopper, best first.
 * @param page 1 or more; beyond the last page the last one is given.
 */
export async function searchProducts({
  locale,
  query,
  page: wanted,
  pageSize = 24,
}: {
  locale: Locale
  query: SearchQuery
  page: number
  pageSize?: number
}): Promise<SearchPage> {
  const { ids, to, correction } = await answerQuery(query, locale)
  const pageCount = Math.max(1, Math.ceil(ids.length / pageSize))
  const page = Math.min(wanted, pageCount)
  const shown = ids.slice((page - 1) * pageSize, page * pageSize)
  return {
    products: await readProductCards(locale, shown),
    page,
    pageCount,
    found: ids.length,
    orMore: ids.length === FOUND_MAX,
    to,
    correction,
  }
}
