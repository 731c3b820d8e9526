import { sql } from '../../db/client.ts'
import { adjustStock } from '../../db/stock/adjust-stock.ts'
import { sampleCoupon } from '../../db/testing/sample-coupon.ts'
import { COUPONS } from '../story/coupons.ts'

/** What can be ordered, with units: one piece, few pieces, enough for everybody. */
export const SHELVES = [
  ['CPT-RT90-CEL', 1],
  ['CPT-RT90-TEN', 6],
  ['CPT-RT90-OAT', 25],
  ['CPT-YU53-OAT', 400],
  ['CPT-MU69-OAT', 4000],
] as const

export async function stockShelves(): Promise<void> {
  await sql`insert into stock (variant_id, on_hand, held) select id, 0, 0 from variants`
  for (const [sku, units] of SHELVES) {
    const counted = await adjustStock({ sku, delta: units, reason: 'opening_stock', actor: 'simulator' })
    if (!counted.ok) throw new Error(`${sku}: ${counted.error.code}`)
  }
}

export async function printCoupons(): Promise<void> {
  for (const { code, ...offer } of COUPONS) await sampleCoupon(code, offer)
}
