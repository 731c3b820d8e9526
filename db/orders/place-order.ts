import 'server-only'
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { zoneOfDestination } from '#lib/domain/destinations.ts'
import { ZERO_FEN } from '#lib/domain/money.ts'
import { lineChanges, type OrderChange } from '#lib/domain/order-changes.ts'
import { makeOrderNumber, ORDER_NUMBER_BYTES, type OrderNumber } from '#lib/domain/order-number.ts'
import { paymentDeadline } from '#lib/domain/payment-deadline.ts'
import { isQuantity, MAX_LINES, orderTotals } from '#lib/domain/pricing.ts'
import { ratesTo, type ShippingRate, shippingCost } from '#lib/domain/shipping-rates.ts'
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
  /** This way of sending does not go to this country. */
  | { readonly code: 'not_delivered' }
  /** The request id has placed another order. */
  | { readonly code: 'other_input' }
  /** Not as the shopper saw it any more: show it, and let them confirm. */
  | { readonly code: 'changed'; readonly changes: readonly OrderChange[] }
  /** Prices or stock moved each time we looked; trying again is right. */
  | { readonly code: 'busy' }

const REMIND_BEFORE_MS = 10 * 60_000
const TRIES = 3

/**
 * Places an order: number, lines and prices as they are now, address, totals, stock held until the payment deadline,
 * first event, follow-up jobs. All or nothing, in one statement. A repeat of the request gives the same order.
 * Refuses what is no longer as the shopper saw it, with all that changed.
 */
export async function placeOrder(
  input: PlaceOrder,
  now: Date = new Date(),
): Promise<Result<PlacedOrder, PlaceOrderError>> {
  const refused = checkLines(input.lines)
  if (refused) return err(refused)
  const zone = zoneOfDestination(input.address.country)
  const rate = ratesTo(zone).find(({ method }) => method === input.shipping.method)
  if (!rate) return err({ code: 'not_delivered' })

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
  const changes: OrderChange[] = [...lineChanges(lines, offers)]
  const priced = lines.flatMap(({ variantId, quantity }) => {
    const offer = offers.get(variantId)
    return offer ? [{ unitPrice: offer.price, quantity, weightG: offer.weightG * quantity }] : []
  })
  if (priced.length === 0) return { changes, totals: orderTotals([], shipping.feeSeen) }
  const weightG = priced.reduce((sum, line) => sum + line.weightG, 0)
  const fee = shippingCost(rate, { weightG, value: orderTotals(priced, ZERO_FEN).subtotal })
  if (fee !== shipping.feeSeen) changes.push({ kind: 'shipping', from: shipping.feeSeen, to: fee })
  return { changes, totals: orderTotals(priced, fee) }
}

function nullWhenNumberIsTaken(error: unknown): null {
  const taken = error instanceof postgres.PostgresError && error.constraint_name === 'orders_number_unique'
  if (taken) return null
  throw error
}
