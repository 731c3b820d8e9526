import type { LineUnits, RefundWish } from '#lib/domain/decide-refund.ts'
import { parseYuan, ZERO_FEN } from '#lib/domain/money.ts'

export type RefundQuery = Readonly<Record<string, string | string[] | undefined>>

const textOf = (query: RefundQuery, name: string): string => {
  const value = query[name]
  return typeof value === 'string' ? value.trim() : ''
}

/**
 * What the form asks to be worked out; null before anything was asked, or for what is no amount.
 * @param fixed the lines of a shopper's request, which are known.
 */
export function readAskedWish(
  query: RefundQuery,
  positions: readonly number[],
  fixed: readonly LineUnits[] | null,
): RefundWish | 'not_an_amount' | null {
  const by = textOf(query, 'by')
  if (by === 'amount') {
    const amount = parseYuan(textOf(query, 'amount'))
    return amount === null ? 'not_an_amount' : { by, amount }
  }
  if (by !== 'lines') return null
  const shipping = textOf(query, 'shipping') === '' ? ZERO_FEN : parseYuan(textOf(query, 'shipping'))
  if (shipping === null) return 'not_an_amount'
  const lines =
    fixed ??
    positions.flatMap((position) => {
      const quantity = Number(textOf(query, `units-${position}`) || 0)
      return quantity === 0 ? [] : [{ position, quantity }]
    })
  return { by, lines, shipping, restock: textOf(query, 'restock') === 'on' }
}
