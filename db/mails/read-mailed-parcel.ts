import 'server-only'
import { eq } from 'drizzle-orm'
import { unitsToSend } from '#lib/domain/shipment.ts'
import { db } from '../client.ts'
import { readGoods } from '../fulfilment/read-goods.ts'
import { parcelLines, parcels } from '../fulfilment/schema.ts'

/** What a mail about a parcel says, and whether it still stands. Null for a parcel that is not there. */
export async function readMailedParcel(parcelId: string) {
  const [parcel] = await db.select().from(parcels).where(eq(parcels.id, parcelId))
  if (!parcel) return null
  const [inside, { lines }] = await Promise.all([
    db.select().from(parcelLines).where(eq(parcelLines.parcelId, parcelId)),
    readGoods(db, parcel.orderId),
  ])
  const { sequence, carrier, trackingNumber, deliveredAt, undoneAt } = parcel
  return {
    sequence,
    carrier,
    trackingNumber,
    undone: undoneAt !== null,
    delivered: deliveredAt !== null,
    moreToCome: lines.some((line) => unitsToSend(line) > 0),
    units: new Map(inside.map(({ position, quantity }) => [position, quantity])),
  }
}
