import 'server-only'
import { LOW_STOCK_UNITS } from '#lib/domain/stock-band.ts'
import { sql } from '../client.ts'

/** Pieces of which few can still be bought, and how many of these are gone. */
export async function countLowStock(): Promise<{ readonly low: number; readonly soldOut: number }> {
  const [row] = await sql<[{ low: number; sold_out: number }]>`
    select count(*) filter (where on_hand - held between 1 and ${LOW_STOCK_UNITS})::int as low,
      count(*) filter (where on_hand <= held)::int as sold_out
    from stock join variants on variants.id = variant_id join products on products.id = product_id
    where products.published and on_hand - held <= ${LOW_STOCK_UNITS}`
  return { low: row.low, soldOut: row.sold_out }
}
