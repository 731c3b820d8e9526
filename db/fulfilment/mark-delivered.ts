import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { err, ok, type Result } from '#lib/result.ts'
import { db, type Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type LockedOrder, lockOrder } from '../orders/lock-order.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { moveFulfilment } from './move-fulfilment.ts'
import { parcels } from './schema.ts'

export type MarkDeliveredError =
  | { readonly code: 'unknown_parcel' }
  | { readonly code: 'undone'; readonly by: string; readonly at: Date }
  | { readonly code: 'delivered_before'; readonly by: string; readonly at: Date }

/** Notes that a parcel arrived, with log and mail. */
export async function markDelivered(
  parcelId: string,
  { actor, now = new Date() }: { readonly actor: string; readonly now?: Date },
): Promise<Result<{ readonly orderId: string }, MarkDeliveredError>> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const [known] = await tx.select({ orderId: parcels.orderId }).from(parcels).where(eq(parcels.id, parcelId))
      const book = known ? await lockOrder(tx, known.orderId) : null
      const [parcel] = await tx.select().from(parcels).where(eq(parcels.id, parcelId))
      if (!book || !parcel) return err({ code: 'unknown_parcel' })
      if (parcel.undoneAt) return err({ code: 'undone', by: parcel.undoneBy ?? '', at: parcel.undoneAt })
      if (parcel.deliveredAt)
        return err({ code: 'delivered_before', by: parcel.deliveredBy ?? '', at: parcel.deliveredAt })
      await deliver(tx, book.order, parcel, { actor, now })
      return ok({ orderId: parcel.orderId })
    }),
  )
}

/** The parcels of an order that are on their way; to be asked under its lock. */
export const parcelsUnderWay = (tx: Transaction, orderId: string) =>
  tx
    .select()
    .from(parcels)
    .where(and(eq(parcels.orderId, orderId), isNull(parcels.undoneAt), isNull(parcels.deliveredAt)))
    .orderBy(parcels.sequence)

/** @returns the order as it stands then. */
export async function deliver(
  tx: Transaction,
  order: LockedOrder['order'],
  { id, orderId, carrier, trackingNumber }: typeof parcels.$inferSelect,
  { actor, now }: { readonly actor: string; readonly now: Date },
): Promise<LockedOrder['order']> {
  await tx.update(parcels).set({ deliveredAt: now, deliveredBy: actor }).where(eq(parcels.id, id))
  const fulfilment = await moveFulfilment(tx, order, {
    cause: 'delivered',
    actor,
    reason: `${carrier} ${trackingNumber}`,
  })
  // Who said so themselves, or was never told that it left, is not written to.
  if (actor !== 'shopper')
    await enqueue(tx, { name: 'send-order-mail', data: { orderId, kind: 'parcel_delivered', parcelId: id } })
  return { ...order, fulfilment }
}
