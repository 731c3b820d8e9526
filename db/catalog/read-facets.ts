import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
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

/** Counts in one scan of the shelf. An option's own choice does not narrow its own counts, so that one can change it. */
export async function readFacets(locale: Locale, categoryId: number, filter: CategoryFilter): Promise<OptionFacet[]> {
  const [option, value] = [sql<string>`choice.key`, sql<string>`choice.value`]
  const rest = and(...variantConditions(filter, option)) ?? sql`true`
  const [counts, names] = await Promise.all([
    db
      .select({
        option,
        value,
        products: sql<number>`(count(distinct ${products.id}) filter (where ${rest}))::int`,
      })
      .from(products)
      .innerJoin(variants, eq(variants.productId, products.id))
      .innerJoin(stock, eq(stock.variantId, variants.id))
      .crossJoin(sql`lateral jsonb_each_text(${variants.options}) as choice`)
      .where(and(eq(products.categoryId, categoryId), isPublished))
      .groupBy(option, value),
    readOptionNames(locale),
  ])
  const countOf = new Map(counts.map((row) => [`${row.option}=${row.value}`, row.products]))
  return [...names].flatMap(([name, known]) => {
    const values = known.flatMap((choice) => {
      const found = countOf.get(`${name}=${choice.value}`)
      return found === undefined ? [] : [{ ...choice, products: found }]
    })
    return values.length > 0 ? [{ option: name, values }] : []
  })
}
