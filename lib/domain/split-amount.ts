import { addFen, type Fen, sumFen, toFen, ZERO_FEN } from './money.ts'

/**
 * Splits an amount by weight into whole fen that sum to it exactly: each share is rounded down, and what is left goes
 * fen by fen to the largest remainders, the earlier of equal ones first. No share is larger than its weight when the
 * amount is not larger than their sum.
 * @param amount 0 or more.
 * @param weights 0 or more each, one of them above 0 unless the amount is 0.
 * @throws {RangeError} for anything negative, and for an amount that no weight can carry.
 */
export function splitAmount(amount: Fen, weights: readonly Fen[]): readonly Fen[] {
  const whole = sumFen(weights)
  if (amount < 0n || weights.some((weight) => weight < 0n)) throw new RangeError('a negative amount or weight')
  if (amount === 0n) return weights.map(() => ZERO_FEN)
  if (whole === 0n) throw new RangeError(`${amount} fen and nothing to split them by`)

  const shares = weights.map((weight) => toFen((amount * weight) / whole))
  const byRemainder = weights
    .map((weight, place) => ({ place, remainder: (amount * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1))
  const left = Number(amount - sumFen(shares))
  const lucky = new Set(byRemainder.slice(0, left).map(({ place }) => place))
  return shares.map((share, place) => (lucky.has(place) ? addFen(share, toFen(1n)) : share))
}
