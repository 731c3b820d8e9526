import { type Fen, subtractFen, sumFen, timesFen, toFen } from './money.ts'
import { splitAmount } from './split-amount.ts'

export type OrderedLine = { readonly position: number; readonly unitPrice: Fen; readonly quantity: number }

/** What was really paid for a line: its price at catalogue prices less its share of the order's discount. */
export type AllottedLine = OrderedLine & { readonly gross: Fen; readonly net: Fen }

/** Shares the discount out among the lines by what they cost. Together they are the subtotal less the discount, exactly. */
export function allotDiscount(lines: readonly OrderedLine[], discount: Fen): readonly AllottedLine[] {
  const gross = lines.map(({ unitPrice, quantity }) => timesFen(unitPrice, quantity))
  const shares = splitAmount(discount, gross)
  return lines.map((line, place) => {
    const cost = gross[place] ?? toFen(0n)
    return { ...line, gross: cost, net: subtractFen(cost, shares[place] ?? toFen(0n)) }
  })
}

/**
 * What `quantity` more units of a line are worth when `before` of them went back already. The value of a line's first
 * n units is rounded down, and a refund is the difference of two such values: so any sequence of refunds adds up to
 * the line, and the last unit takes the remainder.
 */
export function worthOfUnits(line: AllottedLine, before: number, quantity: number): { net: Fen; gross: Fen } {
  const netOf = (units: number) => (line.net * BigInt(units)) / BigInt(line.quantity)
  return {
    net: toFen(netOf(before + quantity) - netOf(before)),
    gross: timesFen(line.unitPrice, quantity),
  }
}

/** What was paid for all goods together. */
export const goodsPaid = (lines: readonly AllottedLine[]): Fen => sumFen(lines.map(({ net }) => net))
