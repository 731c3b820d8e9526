import 'server-only'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { db } from '../client.ts'
import { parcelLines, parcels } from './schema.ts'

export type ParcelView = Awaited<ReturnType<typeof listParcelsOf>>[number]

/** The parcels of an order that count, the oldest first, each with its units by line of the order. */
export async function listParcelsOf(orderId: string) {
  const [found, inside] = await Promise.all([
    db
      .select({
        id: parcels.id,
        sequence: parcels.sequence,
        carrier: parcels.carrier,
        trackingNumber: parcels.trackingNumber,
        shippedAt: parcels.shippedAt,
        shippedBy: parcels.shippedBy,
        deliveredAt: parcels.deliveredAt,
      })
      .from(parcels)
      .where(and(eq(parcels.orderId, orderId), isNull(parcels.undoneAt)))
      .orderBy(asc(parcels.sequence)),
    db.select().from(parcelLines).where(eq(parcelLines.orderId, orderId)).orderBy(asc(parcelLines.position)),
  ])
  return found.map((parcel) => ({
    ...parcel,
    lines: inside
      .filter(({ parcelId }) => parcelId === parcel.id)
      .map(({ position, quantity }) => ({ position, quantity })),
  }))
}
