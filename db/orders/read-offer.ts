import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { products, variants } from '../catalog/schema.ts'
import { db } from '../client.ts'
import { stock } from '../stock/schema.ts'

/** What the shop offers of one variant at this moment. */
export type Offer = {
  readonly variantId: number
  readonly sku: string
  readonly price: Fen
  readonly weightG: number
  /** Units that can be bought: on hand − held. */
  readonly available: number
}

const offers = db
  .select({
    variantId: variants.id,
    sku: variants.sku,
    priceFen: variants.priceFen,
    weightG: sql<number>`coalesce(${variants.weightG}, ${products.weightG})`,
    available: sql<number>`${stock.onHand} - ${stock.held}`,
  })
  .from(variants)
  .innerJoin(
    products,
    and(eq(products.id, variants.productId), eq(products.published, true), eq(variants.offered, true)),
  )
  .innerJoin(stock, eq(stock.variantId, variants.id))
  // Not `any (array)`: it looks so cheap for a short array that PostgreSQL plans it anew for each, longer than it runs.
  .where(
    sql`${variants.id} in (select value::int from json_array_elements_text(${sql.placeholder('ids')}::text::json))`,
  )
  .prepare('read_offer')

/** The offer for each variant by its id; one that is unknown or no longer sold is absent. */
export async function readOffer(variantIds: readonly number[]): Promise<ReadonlyMap<number, Offer>> {
  const rows = await offers.execute({ ids: JSON.stringify(variantIds) })
  return new Map(rows.map(({ priceFen, ...row }) => [row.variantId, { ...row, price: toFen(priceFen) }]))
}
