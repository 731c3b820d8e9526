import 'server-only'
import { and, desc, eq, exists, inArray, isNotNull, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { stock } from '../../stock/schema.ts'
import { inLocale } from '../in-locale.ts'
import { categories, products, productWords, variants } from '../schema.ts'

export const PRODUCT_STATES = ['published', 'draft', 'archived'] as const
export type ProductState = (typeof PRODUCT_STATES)[number]

export type DeskFilter = {
  /** A part of a name in any language, of an address or of a SKU; empty for all. */
  readonly words: string
  /** A shelf's slug. */
  readonly category: string | null
  /** Null leaves out what is archived. */
  readonly state: ProductState | null
  /** Only pieces of which a variant that is offered runs low. */
  readonly low: boolean
}

const PAGE_SIZE = 50

const STATES: Record<ProductState, SQL | undefined> = {
  published: eq(products.published, true),
  draft: and(not(products.published), isNull(products.archivedAt)),
  archived: isNotNull(products.archivedAt),
}

/**
 * The newest pieces first, a page at a time. Search walks `products_words` and `variants_sku_words`.
 * @param beforeId the last id of the page before.
 * @param lowUnits what counts as few where a variant has no number of its own.
 */
export async function listDeskProducts(
  _: Permit<'catalogue.read'>,
  {
    locale,
    filter,
    beforeId,
    lowUnits,
  }: { locale: Locale; filter: DeskFilter; beforeId: number | null; lowUnits: number },
) {
  const rows = await db
    .select({
      id: products.id,
      slug: products.slug,
      name: products.name,
      category: inLocale(categories.name, locale),
      published: products.published,
      archivedAt: products.archivedAt,
    })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(
      and(
        beforeId === null ? undefined : lt(products.id, beforeId),
        filter.state ? STATES[filter.state] : isNull(products.archivedAt),
        filter.category ? eq(categories.slug, filter.category) : undefined,
        filter.words ? hasWords(filter.words) : undefined,
        filter.low ? runsLow(lowUnits) : undefined,
      ),
    )
    .orderBy(desc(products.id))
    .limit(PAGE_SIZE + 1)
  const page = rows.slice(0, PAGE_SIZE)
  const sums = await readSums(page.map(({ id }) => id))
  const last = page.at(-1)
  return {
    products: page.map((row) => ({ ...row, ...(sums.get(row.id) ?? NOTHING) })),
    nextBeforeId: rows.length > PAGE_SIZE && last ? last.id : null,
  }
}

const asPart = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`

function hasWords(words: string): SQL | undefined {
  const part = asPart(words.trim())
  // Two sets of ids instead of one condition over a join: each is found by its own index.
  const bySku = db.select({ id: variants.productId }).from(variants).where(sql`${variants.sku} ilike ${part}`)
  return or(sql`${productWords(products)} ilike ${part}`, inArray(products.id, bySku))
}

const runsLow = (lowUnits: number): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(variants)
      .innerJoin(stock, eq(stock.variantId, variants.id))
      .where(
        and(
          eq(variants.productId, products.id),
          variants.offered,
          sql`${stock.onHand} - ${stock.held} <= coalesce(${stock.lowAt}, ${lowUnits}::int)`,
        ),
      ),
  )

const NOTHING = { image: '', variantCount: 0, available: 0, priceFromFen: null, priceToFen: null }

/** What the list says of the variants of each piece: one query for the page. */
async function readSums(ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, never>()
  const rows = await db
    .select({
      productId: variants.productId,
      variantCount: sql<number>`count(*)::int`,
      available: sql<number>`sum(${stock.onHand} - ${stock.held})::int`,
      priceFrom: sql<string>`min(${variants.priceFen})`,
      priceTo: sql<string>`max(${variants.priceFen})`,
      image: sql<string>`(array_agg(${variants.image} order by ${variants.position}))[1]`,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(inArray(variants.productId, [...ids]))
    .groupBy(variants.productId)
  return new Map(
    rows.map(({ productId, priceFrom, priceTo, ...sums }) => [
      productId,
      { ...sums, priceFromFen: toFen(BigInt(priceFrom)), priceToFen: toFen(BigInt(priceTo)) },
    ]),
  )
}
