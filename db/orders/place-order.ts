import 'server-only'
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import type { Fen } from '#lib/domain/money.ts'
import { lineChanges, type OrderChange } from '#lib/domain/order-changes.ts'
import { makeOrderNumber, ORDER_NUMBER_BYTES, type OrderNumber } from '#lib/domain/order-number.ts'
import { paymentDeadline } from '#lib/domain/payment-deadline.ts'
import { isQuantity, MAX_LINES, orderTotals } from '#lib/domain/pricing.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { findRepeat } from './find-repeat.ts'
import { hashInput, type PlaceOrder } from './order-input.ts'
import { hashRequestId, hashSecret, secretOfRequest } from './order-secret.ts'
import { readOffer } from './read-offer.ts'
import { writeOrder } from './write-order.ts'

export type PlacedOrder = {
  readonly orderId: string
  readonly number: OrderNumber
  /** Opens the order's page. */
  readonly secret: string
}

export type PlaceOrderError =
  | { readonly code: 'empty' }
  | { readonly code: 'too_many_lines' }
  | { readonly code: 'bad_quantity' }
  /** The request id has placed another order. */
  | { readonly code: 'other_input' }
  /** Not as the shopper saw it any more: show it, and let them confirm. */
  | { readonly code: 'changed'; readonly changes: readonly OrderChange[] }
  /** Prices or stock moved each time we looked; trying again is right. */
  | { readonly code: 'busy' }

/** What parcels cost; given from outside, since the rates are the shop's own. */
export type ShippingRate = (parcel: { readonly weightG: number; readonly subtotal: Fen }) => Fen

const REMIND_BEFORE_MS = 10 * 60_000
const TRIES = 3

/**
 * Places an order: number, lines and prices as they are now, address, totals, stock held until the payment deadline,
 * first event, follow-up jobs. All or nothing, in one statement. A repeat of the request gives the same order.
 * Refuses what is no longer as the shopper saw it, with all that changed.
 */
export async function placeOrder(
  input: PlaceOrder,
  rate: ShippingRate,
  now: Date = new Date(),
): Promise<Result<PlacedOrder, PlaceOrderError>> {
  const refused = checkLines(input.lines)
  if (refused) return err(refused)

  const requestHash = hashRequestId(input.requestId)
  const secret = secretOfRequest(input.requestId)
  const inputHash = hashInput(input)
  for (let tries = 0; tries < TRIES; tries++) {
    const offers = await readOffer(input.lines.map(({ variantId }) => variantId))
    const { changes, totals } = price(input, offers, rate)
    if (changes.length === 0) {
      const number = makeOrderNumber(now, randomBytes(ORDER_NUMBER_BYTES))
      const expiresAt = paymentDeadline(now)
      const remindAt = new Date(expiresAt.getTime() - REMIND_BEFORE_MS)
      const secretHash = hashSecret(secret)
      const order = { input, number, requestHash, inputHash, secretHash, totals, placedAt: now, expiresAt, remindAt }
      const orderId = await retryConflicts(() => writeOrder(order)).catch(nullWhenNumberIsTaken)
      if (orderId !== null) return ok({ orderId, number, secret })
    }
    const repeat = await findRepeat(requestHash)
    if (repeat && !repeat.inputHash.equals(inputHash)) return err({ code: 'other_input' })
    if (repeat) return ok({ orderId: repeat.orderId, number: repeat.number, secret })
    if (changes.length > 0) return err({ code: 'changed', changes })
  }
  return err({ code: 'busy' })
}

function checkLines(lines: PlaceOrder['lines']): PlaceOrderError | null {
  if (lines.length === 0) return { code: 'empty' }
  if (lines.length > MAX_LINES) return { code: 'too_many_lines' }
  const variants = new Set(lines.map(({ variantId }) => variantId))
  const right = variants.size === lines.length && lines.every(({ quantity }) => isQuantity(quantity))
  return right ? null : { code: 'bad_quantity' }
}

/** Totals at the prices of the offer, and what differs from what the shopper saw. */
function price({ lines, shipping }: PlaceOrder, offers: Awaited<ReturnType<typeof readOffer>>, rate: ShippingRate) {
  const priced = lines.map((line) => ({ ...line, unitPrice: offers.get(line.variantId)?.price ?? line.priceSeen }))
  const weightG = lines.reduce((sum, line) => sum + line.quantity * (offers.get(line.variantId)?.weightG ?? 0), 0)
  const { subtotal } = orderTotals(priced, shipping.feeSeen)
  const fee = rate({ weightG, subtotal })
  const changes: OrderChange[] = [...lineChanges(lines, offers)]
  if (fee !== shipping.feeSeen) changes.push({ kind: 'shipping', from: shipping.feeSeen, to: fee })
  return { changes, totals: orderTotals(priced, fee) }
}

function nullWhenNumberIsTaken(error: unknown): null {
  const taken = error instanceof postgres.PostgresError && error.constraint_name === 'orders_number_unique'
  if (taken) return null
  throw error
}
