import type { SearchQuery } from './search-query.ts'

/** The terms of `order_terms`, by which an order is found; `write-order-terms.ts` makes them of what an order is. */
export const pieceTerm = (variantId: number) => `v:${variantId}`
export const providerTerm = (provider: string) => `p:${provider}`
export const moneyTerm = (state: string) => `m:${state}`
/** Something was asked for, or given back. */
export const AFTER_SALE_TERM = 'r'

/** States of a payment that have terms: those that few orders are in. */
export const RARE_MONEY = ['overpaid', 'partially_refunded', 'refunded', 'review'] as const

/** A term, or the beginning of several. */
export type NameTerm = { readonly term: string } | { readonly prefix: string }

/** As many characters of Chinese are one term at most. */
const GRAM = 4

/**
 * Where to look for recipients of this name: the narrowest of their terms. Those who are there have to be asked for the
 * whole name, of which the last word may be half typed. The same as `name_terms` in the database. Null for nothing.
 */
export function termOfName({ words, han }: SearchQuery): NameTerm | null {
  const [run] = han.toSorted((a, b) => b.length - a.length)
  if (run) return { term: `h:${run.slice(0, GRAM)}` }
  const [first, second] = words
  if (first === undefined) return null
  if (second === undefined) return { prefix: `n:${first}` }
  return words.length > 2 ? { term: `nn:${first} ${second}` } : { prefix: `nn:${first} ${second}` }
}
