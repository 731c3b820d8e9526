import 'server-only'
import { eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { undoUntil } from '#lib/domain/shipment.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { lockOrder } from '../orders/lock-order.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { moveFulfilment } from './move-fulfilment.ts'
import { readGoods } from './read-goods.ts'
import { parcelLines, parcels } from './schema.ts'

export type UndoShipmentError =
  | { readonly code: 'unknown_parcel' }
  | { readonly code: 'undone_before'; readonly by: string; readonly at: Date }
  | { readonly code: 'delivered'; readonly at: Date }
  | { readonly code: 'too_late'; readonly until: Date }
  /** Units of it were paid back meanwhile, as sent ones. */
  | { readonly code: 'paid_back_meanwhile'; readonly position: number }

/** Takes back a parcel that did not leave the house, within some minutes: its units are to be sent again, nobody is told. */
export async function undoShipment(
  permit: Permit<'orders.ship'>,
  { parcelId, ip }: { readonly parcelId: string; readonly ip: string | null },
  now: Date = new Date(),
): Promise<Result<{ readonly orderId: string }, UndoShipmentError>> {
  const actor = staffActor(permit)
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const [known] = await tx.select({ orderId: parcels.orderId }).from(parcels).where(eq(parcels.id, parcelId))
      const book = known ? await lockOrder(tx, known.orderId) : null
      const [parcel] = await tx.select().from(parcels).where(eq(parcels.id, parcelId))
      if (!book || !parcel) return err({ code: 'unknown_parcel' })
      if (parcel.undoneAt) return err({ code: 'undone_before', by: parcel.undoneBy ?? '', at: parcel.undoneAt })
      if (parcel.deliveredAt) return err({ code: 'delivered', at: parcel.deliveredAt })
      const until = undoUntil(parcel.shippedAt)
      if (now > until) return err({ code: 'too_late', until })
      const position = await findPaidBack(tx, parcel)
      if (position !== null) return err({ code: 'paid_back_meanwhile', position })

      await tx.update(parcels).set({ undoneAt: now, undoneBy: actor }).where(eq(parcels.id, parcelId))
      const reason = `${parcel.carrier} ${parcel.trackingNumber}`
      await moveFulfilment(tx, book.order, { cause: 'undone', actor, reason })
      await appendAuditEntry(tx, {
        actor,
        action: permit.permission,
        about: { kind: 'order', id: parcel.orderId },
        before: { parcel: parcel.sequence, trackingNumber: parcel.trackingNumber },
        after: { undone: true },
        ip,
      })
      return ok({ orderId: parcel.orderId })
    }),
  )
}

/** A line of which more sent units were given back than would still be sent. */
async function findPaidBack(tx: Transaction, { id, orderId }: typeof parcels.$inferSelect): Promise<number | null> {
  const inside = await tx.select().from(parcelLines).where(eq(parcelLines.parcelId, id))
  const { lines } = await readGoods(tx, orderId)
  const short = inside.find(({ position, quantity }) => {
    const line = lines.find((candidate) => candidate.position === position)
    return line && line.sent - quantity < line.paidBackSent
  })
  return short?.position ?? null
}
