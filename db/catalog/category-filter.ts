import 'server-only'
import { eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import { stock } from '../stock/schema.ts'
import { variants } from './schema.ts'

export type CategoryFilter = {
  /** Option → values of which one must match, e.g. `{ glaze: ['celadon', 'ivory'] }`. */
  readonly options: Readonly<Record<string, readonly string[]>>
  /** Both ends included; null leaves an end open. */
  readonly priceFromFen: Fen | null
  readonly priceToFen: Fen | null
  readonly inStock: boolean
}

/**
 * What a row of variants ⋈ stock must meet.
 * @param except an option whose own choice is left out, for its facet counts.
 */
export function variantConditions(filter: CategoryFilter, except?: string): (SQL | undefined)[] {
  const { options, priceFromFen, priceToFen, inStock } = filter
  const chosen = Object.entries(options).filter(([option, values]) => option !== except && values.length > 0)
  return [
    eq(variants.offered, true),
    ...chosen.map(([option, values]) => inArray(sql`${variants.options} ->> ${option}::text`, [...values])),
    priceFromFen === null ? undefined : gte(variants.priceFen, priceFromFen),
    priceToFen === null ? undefined : lte(variants.priceFen, priceToFen),
    inStock ? sql`${stock.onHand} > ${stock.held}` : undefined,
  ]
}
