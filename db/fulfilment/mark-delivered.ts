import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type LockedOrder, lockOrder } from '../orders/lock-order.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { moveFulfilment } from './move-fulfilment.ts'
import { parcels } from './schema.ts'

/** How long one has lived with the pieces before we ask what they think of them. */
const ASK_FOR_REVIEW_AFTER_MS = 7 * 86_400_000

export type MarkDeliveredError =
  | { readonly code: 'unknown_parcel' }
  | { readonly code: 'undone'; readonly by: string; readonly at: Date }
  | { readonly code: 'delivered_before'; readonly by: string; readonly at: Date }

/** Staff say that a parcel arrived. */
export const markDelivered = (
  permit: Permit<'orders.ship'>,
  { parcelId, ip }: { readonly parcelId: string; readonly ip: string | null },
  now: Date = new Date(),
) => endParcel(parcelId, { actor: staffActor(permit), ip, now })

/** Nobody spoke of a parcel for so long that it must have arrived. */
export const presumeParcel = (parcelId: string, now: Date) => endParcel(parcelId, { actor: 'system', ip: null, now })

async function endParcel(
  parcelId: string,
  { actor, ip, now }: { readonly actor: string; readonly ip: string | null; readonly now: Date },
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
      if (actor !== 'system')
        await appendAuditEntry(tx, {
          actor,
          action: 'orders.ship',
          about: { kind: 'order', id: parcel.orderId },
          after: { parcel: parcel.sequence, delivered: true },
          ip,
        })
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
  // Whether there is somebody to ask is seen when the time has come.
  if (fulfilment === 'delivered')
    await enqueue(tx, {
      name: 'send-order-mail',
      data: { orderId, kind: 'review_asked' },
      startAfter: new Date(now.getTime() + ASK_FOR_REVIEW_AFTER_MS),
    })
  return { ...order, fulfilment }
}
