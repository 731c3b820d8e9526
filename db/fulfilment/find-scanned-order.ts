import 'server-only'
import { desc, eq } from 'drizzle-orm'
import { parseTrackingNumber } from '#lib/domain/carriers.ts'
import { type OrderNumber, parseOrderNumber } from '#lib/domain/order-number.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { parcels } from './schema.ts'

/** The order that somebody scanned or typed: by its own number, or by the tracking number of its latest parcel. */
export async function findScannedOrder(_permit: Permit<'orders.ship'>, scanned: string): Promise<OrderNumber | null> {
  const number = parseOrderNumber(scanned)
  const ofOrders = db.select({ number: orders.number }).from(orders)
  const [byNumber] = number ? await ofOrders.where(eq(orders.number, number)) : []
  const tracking = byNumber ? null : parseTrackingNumber(scanned)
  if (tracking === null) return byNumber?.number ?? null
  const [byParcel] = await db
    .select({ number: orders.number })
    .from(parcels)
    .innerJoin(orders, eq(orders.id, parcels.orderId))
    .where(eq(parcels.trackingNumber, tracking))
    .orderBy(desc(parcels.shippedAt))
    .limit(1)
  return byParcel?.number ?? null
}
