import 'server-only'
import { createHash } from 'node:crypto'
import { and, desc, eq, isNull, max } from 'drizzle-orm'
import type { CarrierCode } from '#lib/domain/carriers.ts'
import type { LineUnits } from '#lib/domain/decide-refund.ts'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import type { OrderState } from '#lib/domain/order-state.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { decideShipment, type ShipmentRefusal, undoUntil } from '#lib/domain/shipment.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type LockedOrder, lockOrder } from '../orders/lock-order.ts'
import { orders } from '../orders/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { findHold } from '../risk/release-order.ts'
import { moveFulfilment } from './move-fulfilment.ts'
import { readGoods } from './read-goods.ts'
import { parcelLines, parcels } from './schema.ts'

export type ShipLines = {
  /** A UUID that whoever packs made before the first try, so that a second click is told from a second parcel. */
  readonly parcelId: string
  readonly orderId: string
  /** Units by line; `'rest'` for all that is left to be sent. */
  readonly lines: readonly LineUnits[] | 'rest'
  readonly carrier: CarrierCode
  /** As `parseTrackingNumber` gives it. */
  readonly trackingNumber: string
  readonly ip: string | null
}

/** A parcel as the next person has to be told of it: who was faster, and with what. */
export type LatestParcel = {
  readonly sequence: number
  readonly carrier: CarrierCode
  readonly trackingNumber: string
  readonly shippedBy: string
  readonly shippedAt: Date
}

export type ShipLinesError =
  /** `latest` is what was sent of the order last: it tells somebody who was second what happened meanwhile. */
  | (ShipmentRefusal & { readonly latest: LatestParcel | null })
  | { readonly code: 'unknown_order' }
  /** It is not paid, or has ended. */
  | { readonly code: 'not_confirmed'; readonly state: OrderState }
  /** Its payment can't be right, and nobody has looked at it yet. */
  | { readonly code: 'payment_in_review' }
  /** Somebody should look at it before it is sent. */
  | { readonly code: 'held' }
  /** All that was paid for it went back, or is promised back. */
  | { readonly code: 'paid_back' }
  /** Another parcel of this carrier has that number. */
  | { readonly code: 'tracking_used'; readonly orderNumber: OrderNumber }
  /** This id sent something else before. */
  | { readonly code: 'other_input' }

export type Shipped = { readonly parcelId: string; readonly sequence: number; readonly repeated: boolean }

/**
 * Sends units of an order in a parcel. One transaction under the order's lock, so that two people at once can't send the
 * same unit: parcel, log and mail, or nothing at all. Stock does not move: it was sold when the money came.
 */
export async function shipLines(
  permit: Permit<'orders.ship'>,
  ship: ShipLines,
  now: Date = new Date(),
): Promise<Result<Shipped, ShipLinesError>> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const book = await lockOrder(tx, ship.orderId)
      if (!book) return err({ code: 'unknown_order' })
      const inputHash = hashInput(ship)
      const [earlier] = await tx.select().from(parcels).where(eq(parcels.id, ship.parcelId))
      if (earlier && !earlier.inputHash.equals(inputHash)) return err({ code: 'other_input' })
      if (earlier) return ok({ parcelId: earlier.id, sequence: earlier.sequence, repeated: true })

      const refused = refuseOrder(book) ?? (await refuseHeld(tx, ship.orderId)) ?? (await refuseTracking(tx, ship))
      if (refused) return err(refused)
      const decided = decideShipment((await readGoods(tx, ship.orderId)).lines, ship.lines)
      if (!decided.ok) return err({ ...decided.error, latest: await latestParcel(tx, ship.orderId) })
      const actor = staffActor(permit)
      const sequence = await writeParcel(tx, book.order, { ...ship, lines: decided.value, actor, inputHash, now })
      const { carrier, trackingNumber } = ship
      await appendAuditEntry(tx, {
        actor,
        action: permit.permission,
        about: { kind: 'order', id: ship.orderId },
        after: { parcel: sequence, carrier, trackingNumber, lines: decided.value },
        ip: ship.ip,
      })
      return ok({ parcelId: ship.parcelId, sequence, repeated: false })
    }),
  )
}

function hashInput({ orderId, lines, carrier, trackingNumber }: ShipLines): Buffer {
  const units =
    lines === 'rest'
      ? lines
      : lines.map(({ position, quantity }) => [position, quantity]).sort(([a = 0], [b = 0]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([orderId, units, carrier, trackingNumber]))
    .digest()
}

function refuseOrder({ order, payment }: LockedOrder): ShipLinesError | null {
  if (order.state !== 'confirmed' && order.state !== 'completed') return { code: 'not_confirmed', state: order.state }
  if (payment.state === 'review') return { code: 'payment_in_review' }
  return payment.refundedFen + payment.refundingFen >= payment.capturedFen ? { code: 'paid_back' } : null
}

const refuseHeld = async (tx: Transaction, orderId: string): Promise<ShipLinesError | null> =>
  (await findHold(tx, orderId)) ? { code: 'held' } : null

async function refuseTracking(tx: Transaction, { carrier, trackingNumber }: ShipLines): Promise<ShipLinesError | null> {
  const [other] = await tx
    .select({ orderNumber: orders.number })
    .from(parcels)
    .innerJoin(orders, eq(orders.id, parcels.orderId))
    .where(and(eq(parcels.trackingNumber, trackingNumber), eq(parcels.carrier, carrier), isNull(parcels.undoneAt)))
  return other ? { code: 'tracking_used', ...other } : null
}

async function latestParcel(tx: Transaction, orderId: string): Promise<LatestParcel | null> {
  const { sequence, carrier, trackingNumber, shippedBy, shippedAt } = parcels
  const [latest] = await tx
    .select({ sequence, carrier, trackingNumber, shippedBy, shippedAt })
    .from(parcels)
    .where(and(eq(parcels.orderId, orderId), isNull(parcels.undoneAt)))
    .orderBy(desc(parcels.sequence))
    .limit(1)
  return latest ?? null
}

async function writeParcel(
  tx: Transaction,
  order: LockedOrder['order'],
  parcel: Omit<ShipLines, 'lines'> & { lines: readonly LineUnits[]; actor: string; inputHash: Buffer; now: Date },
): Promise<number> {
  const { parcelId, orderId, carrier, trackingNumber, inputHash, actor, now } = parcel
  const [last] = await tx
    .select({ sequence: max(parcels.sequence) })
    .from(parcels)
    .where(eq(parcels.orderId, orderId))
  const sequence = (last?.sequence ?? 0) + 1
  await tx
    .insert(parcels)
    .values({ id: parcelId, orderId, sequence, carrier, trackingNumber, inputHash, shippedBy: actor, shippedAt: now })
  await tx.insert(parcelLines).values(parcel.lines.map((line) => ({ ...line, parcelId, orderId })))
  await moveFulfilment(tx, order, { cause: 'shipped', actor, reason: `${carrier} ${trackingNumber}` })
  const data = { orderId, kind: 'parcel_shipped', parcelId } as const
  // Nobody is told of a parcel that may still be undone.
  await enqueue(tx, { name: 'send-order-mail', data, startAfter: undoUntil(now) })
  return sequence
}
