import 'server-only'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { stock } from '../stock/schema.ts'
import { type CategoryFilter, variantConditions } from './category-filter.ts'
import { isPublished } from './is-published.ts'
import { readOptionNames } from './read-option-names.ts'
import { products, variants } from './schema.ts'

/** An option that the shelf knows, with how many pieces each value would leave under the rest of the filter. */
export type OptionFacet = {
  readonly option: string
  readonly values: readonly { readonly value: string; readonly name: string; readonly products: number }[]
}

/**
 * One scan of the shelf for each option of the shop: taking the options of a variant apart in the database costs five
 * times as much. An option's own choice does not narrow its own counts, so that one can change it.
 */
export async function readFacets(locale: Locale, categoryId: number, filter: CategoryFilter): Promise<OptionFacet[]> {
  const options = [...(await readOptionNames(locale))]
  const facets = await Promise.all(
    options.map(async ([option, known]) => {
      const counts = await countProducts(option, categoryId, filter)
      const values = known.flatMap((choice) => {
        const found = counts.get(choice.value)
        return found === undefined ? [] : [{ ...choice, products: found }]
      })
      return { option, values }
    }),
  )
  return facets.filter((facet) => facet.values.length > 0)
}

async function countProducts(option: string, categoryId: number, filter: CategoryFilter): Promise<Map<string, number>> {
  const rest = and(...variantConditions(filter, option)) ?? sql`true`
  const value = sql<string>`${variants.options} ->> ${option}::text`
  const rows = await db
    .select({
      value: value.as('value'),
      products: sql<number>`(count(distinct ${products.id}) filter (where ${rest}))::int`,
    })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(and(eq(products.categoryId, categoryId), isPublished, variants.offered, isNotNull(value)))
    .groupBy(sql`value`)
  return new Map(rows.map((row) => [row.value, row.products]))
}
