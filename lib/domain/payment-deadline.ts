/** Minutes that a shopper has to pay; the stock is held as long. */
export const PAYMENT_WINDOW_MINUTES = 30

const MINUTE_MS = 60_000
const LONGEST_WINDOW_MINUTES = 120

/**
 * When an unpaid order stops being payable.
 * @param placedAt when the order is placed.
 * @param windowMinutes whole minutes, 1–120; the same instant goes to the provider as its own time limit.
 * @throws {RangeError} when out of range: a wrong setting, not a shopper's doing.
 */
export function paymentDeadline(placedAt: Date, windowMinutes = PAYMENT_WINDOW_MINUTES): Date {
  if (!Number.isInteger(windowMinutes) || windowMinutes < 1 || windowMinutes > LONGEST_WINDOW_MINUTES)
    throw new RangeError(`payment window of ${windowMinutes} minutes`)
  return new Date(placedAt.getTime() + windowMinutes * MINUTE_MS)
}
