import 'server-only'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { UNDO_MINUTES } from '#lib/domain/shipment.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { parcels } from './schema.ts'

const MOST = 12

/** What somebody sent in the last minutes and can still undo, the newest first. */
export async function listRecentParcels(permit: Permit<'orders.ship'>, now: Date = new Date()) {
  const { id, sequence, carrier, trackingNumber, shippedAt } = parcels
  return db
    .select({ id, sequence, carrier, trackingNumber, shippedAt, orderNumber: orders.number })
    .from(parcels)
    .innerJoin(orders, eq(orders.id, parcels.orderId))
    .where(
      and(
        isNull(parcels.undoneAt),
        isNull(parcels.deliveredAt),
        gt(parcels.shippedAt, new Date(now.getTime() - UNDO_MINUTES * 60_000)),
        eq(parcels.shippedBy, staffActor(permit)),
      ),
    )
    .orderBy(desc(parcels.shippedAt))
    .limit(MOST)
}
