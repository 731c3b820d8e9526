import { type Fen, subtractFen, sumFen, timesFen, toFen } from './money.ts'

export type OrderedLine = {
  readonly position: number
  readonly unitPrice: Fen
  readonly quantity: number
  /** The line's share of the order's discount; it was never paid. */
  readonly discount: Fen
}

/** A line with what it cost at catalogue prices and what was really paid for it. */
export type PaidLine = OrderedLine & { readonly gross: Fen; readonly net: Fen }

export function paidLine(line: OrderedLine): PaidLine {
  const gross = timesFen(line.unitPrice, line.quantity)
  return { ...line, gross, net: subtractFen(gross, line.discount) }
}

/**
 * What `quantity` more units of a line are worth when `before` of them went back already. The value of a line's first
 * n units is rounded down, and a refund is the difference of two such values: so any sequence of refunds adds up to
 * the line, and the last unit takes the remainder.
 */
export function worthOfUnits(line: PaidLine, before: number, quantity: number): { net: Fen; gross: Fen } {
  const netOf = (units: number) => (line.net * BigInt(units)) / BigInt(line.quantity)
  return {
    net: toFen(netOf(before + quantity) - netOf(before)),
    gross: timesFen(line.unitPrice, quantity),
  }
}

/** What was paid for all goods together. */
export const goodsPaid = (lines: readonly PaidLine[]): Fen => sumFen(lines.map(({ net }) => net))
