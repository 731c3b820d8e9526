import { type Fen, timesFen, ZERO_FEN } from './money.ts'
import type { PricedLine } from './pricing.ts'
import { splitAmount } from './split-amount.ts'

/**
 * Shares a discount out among the lines that it covers, by what they cost. Together the shares are the discount, exactly;
 * none is more than its line costs.
 * @throws {RangeError} when the discount is more than the covered lines cost together.
 */
export function allotDiscount(
  lines: readonly (PricedLine & { readonly covered: boolean })[],
  discount: Fen,
): readonly Fen[] {
  const weights = lines.map(({ unitPrice, quantity, covered }) => (covered ? timesFen(unitPrice, quantity) : ZERO_FEN))
  const shares = splitAmount(discount, weights)
  if (shares.some((share, place) => share > (weights[place] ?? ZERO_FEN)))
    throw new RangeError(`${discount} fen off what costs less`)
  return shares
}
