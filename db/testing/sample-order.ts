import { randomUUID } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import { type Fen, sumFen, timesFen, toFen } from '#lib/domain/money.ts'
import { ratesTo, shippingCost } from '#lib/domain/shipping-rates.ts'
import { variants } from '../catalog/schema.ts'
import { db } from '../client.ts'
import type { PlaceOrder } from '../orders/order-input.ts'
import { placeOrder } from '../orders/place-order.ts'
import { readOffer } from '../orders/read-offer.ts'
import { stock } from '../stock/schema.ts'

/** An order that goes through as it is: each SKU in this quantity, at today's price. */
export async function sampleOrder(quantities: Readonly<Record<string, number>>): Promise<PlaceOrder> {
  const rows = await db
    .select({ id: variants.id, sku: variants.sku, priceFen: variants.priceFen })
    .from(variants)
    .where(inArray(variants.sku, Object.keys(quantities)))
  const lines = rows.map((row) => ({
    variantId: row.id,
    quantity: quantities[row.sku] ?? 1,
    priceSeen: toFen(row.priceFen),
  }))
  return {
    requestId: randomUUID(),
    accountId: null,
    locale: 'en',
    contact: { email: 'lin@example.com', phone: '13800138000' },
    address: {
      recipient: 'Lin Wei',
      phone: '13800138000',
      country: 'CN',
      region: '浙江省',
      city: '杭州市',
      district: '西湖区',
      street: '龙井路 1 号',
      street2: null,
      postcode: '310013',
    },
    shipping: { method: 'standard', feeSeen: await feeOf(lines) },
    lines,
    coupon: { code: null, seen: null },
    cart: null,
  }
}

/** What standard shipping within China costs for these lines today. */
export async function feeOf(lines: PlaceOrder['lines']): Promise<Fen> {
  const [rate] = ratesTo('mainland')
  if (!rate) throw new Error('no way to send parcels within China')
  const offers = await readOffer(lines.map(({ variantId }) => variantId))
  const weightG = lines.reduce(
    (sum, { variantId, quantity }) => sum + quantity * (offers.get(variantId)?.weightG ?? 0),
    0,
  )
  return shippingCost(rate, { weightG, value: sumFen(lines.map((line) => timesFen(line.priceSeen, line.quantity))) })
}

/** Places a sample order that must succeed. */
export async function placeSample(quantities: Readonly<Record<string, number>>, now = new Date()) {
  const placed = await placeOrder(await sampleOrder(quantities), now)
  if (!placed.ok) throw new Error(`sample order refused: ${placed.error.code}`)
  return placed.value
}

/** Puts this many units of one variant on the shelf, none held. */
export async function setStock(sku: string, onHand: number) {
  const [variant] = await db.select({ id: variants.id }).from(variants).where(eq(variants.sku, sku))
  if (!variant) throw new Error(`${sku} is not in the seed`)
  await db.update(stock).set({ onHand, held: 0 }).where(eq(stock.variantId, variant.id))
}

/** Units of one variant. */
export async function stockOf(sku: string) {
  const [row] = await db
    .select({ onHand: stock.onHand, held: stock.held })
    .from(stock)
    .innerJoin(variants, eq(variants.id, stock.variantId))
    .where(eq(variants.sku, sku))
  return row
}
