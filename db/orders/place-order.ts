import 'server-only'
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { zoneOfDestination } from '#lib/domain/destinations.ts'
import type { OrderChange } from '#lib/domain/order-changes.ts'
import { makeOrderNumber, ORDER_NUMBER_BYTES, type OrderNumber } from '#lib/domain/order-number.ts'
import { paymentDeadline } from '#lib/domain/payment-deadline.ts'
import { isQuantity, MAX_LINES } from '#lib/domain/pricing.ts'
import { ratesTo } from '#lib/domain/shipping-rates.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { findRepeat } from './find-repeat.ts'
import { hashInput, type PlaceOrder } from './order-input.ts'
import { hashRequestId, hashSecret, secretOfRequest } from './order-secret.ts'
import { quoteOrder } from './quote-order.ts'
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
 * coupon, first event, follow-up jobs. All or nothing, in one statement. A repeat of the request gives the same order.
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
    const { changes, ...quote } = await quoteOrder(input, rate, now)
    if (changes.length === 0) {
      const number = makeOrderNumber(now, randomBytes(ORDER_NUMBER_BYTES))
      const expiresAt = paymentDeadline(now)
      const remindAt = new Date(expiresAt.getTime() - REMIND_BEFORE_MS)
      const secretHash = hashSecret(secret)
      const order = { input, ...quote, number, requestHash, inputHash, secretHash, placedAt: now, expiresAt, remindAt }
      const orderId = await retryConflicts(() => writeOrder(order)).catch(nullWhenTaken)
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

/** The number by another order, or the coupon's last use by another shopper: to be looked at again. */
const TAKEN = new Set(['orders_number_unique', 'coupons_within_limit', 'coupon_customers_within_limit'])

function nullWhenTaken(error: unknown): null {
  if (error instanceof postgres.PostgresError && TAKEN.has(error.constraint_name ?? '')) return null
  throw error
}
