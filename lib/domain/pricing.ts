import { addFen, type Fen, subtractFen, sumFen, timesFen, ZERO_FEN } from './money.ts'

/** The most units of one variant in one order; the cart has the same limit. */
export const MAX_QUANTITY = 99
/** The most different variants in one order, so that one order can't lock half the shop. */
export const MAX_LINES = 50

export type PricedLine = { readonly unitPrice: Fen; readonly quantity: number }

/** What an order costs, in fen: `total = subtotal − discount + shipping`, never negative. */
export type OrderTotals = {
  readonly subtotal: Fen
  readonly discount: Fen
  readonly shipping: Fen
  readonly total: Fen
}

/** True for what a shopper can order of one variant. */
export const isQuantity = (quantity: number): boolean =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY

/**
 * The totals of an order from catalogue prices; what a browser says about money is never an input.
 * @throws {RangeError} for a quantity out of 1–99, a negative price or negative shipping, and for a discount that is
 * negative or more than the goods cost: the caller has parsed or computed them.
 */
export function orderTotals(lines: readonly PricedLine[], shipping: Fen, discount: Fen = ZERO_FEN): OrderTotals {
  for (const { unitPrice, quantity } of lines) {
    if (!isQuantity(quantity)) throw new RangeError(`quantity ${quantity}`)
    if (unitPrice < 0n) throw new RangeError(`unit price ${unitPrice}`)
  }
  if (shipping < 0n) throw new RangeError(`shipping ${shipping}`)
  const subtotal = sumFen(lines.map(({ unitPrice, quantity }) => timesFen(unitPrice, quantity)))
  if (discount < 0n || discount > subtotal) throw new RangeError(`discount ${discount} of ${subtotal}`)
  return { subtotal, discount, shipping, total: addFen(subtractFen(subtotal, discount), shipping) }
}
