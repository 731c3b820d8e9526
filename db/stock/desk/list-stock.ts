import 'server-only'
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { inLocale } from '../../catalog/in-locale.ts'
import { products, productWords, variants } from '../../catalog/schema.ts'
import { db } from '../../client.ts'
import { stock } from '../schema.ts'

export type StockLine = Awaited<ReturnType<typeof listStock>>['lines'][number]

const PAGE_SIZE = 100

/**
 * Stock of every variant that is not archived, a page at a time.
 * @param words a part of a name, an address or a SKU; empty for all.
 * @param low only what runs low; `lowUnits` counts as few where a variant has no number of its own.
 * @param afterId the last id of the page before.
 */
export async function listStock(
  _: Permit<'catalogue.read'>,
  query: { locale: Locale; words: string; low: boolean; lowUnits: number; afterId: number | null },
) {
  const part = `%${query.words.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  const available = sql<number>`${stock.onHand} - ${stock.held}`
  const lowAt = sql<number>`coalesce(${stock.lowAt}, ${query.lowUnits}::int)`
  const rows = await db
    .select({
      id: variants.id,
      sku: variants.sku,
      product: inLocale(products.name, query.locale),
      productId: products.id,
      options: variants.options,
      offered: sql<boolean>`${variants.offered} and ${products.published}`,
      onHand: stock.onHand,
      held: stock.held,
      available,
      ownLowAt: stock.lowAt,
      low: sql<boolean>`${available} <= ${lowAt}`,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      and(
        isNull(products.archivedAt),
        query.afterId === null ? undefined : gt(variants.id, query.afterId),
        query.words ? or(sql`${variants.sku} ilike ${part}`, sql`${productWords(products)} ilike ${part}`) : undefined,
        query.low ? sql`${variants.offered} and ${available} <= ${lowAt}` : undefined,
      ),
    )
    .orderBy(asc(variants.id))
    .limit(PAGE_SIZE + 1)
  const lines = rows.slice(0, PAGE_SIZE)
  return { lines, nextAfterId: rows.length > PAGE_SIZE ? (lines.at(-1)?.id ?? null) : null }
}
