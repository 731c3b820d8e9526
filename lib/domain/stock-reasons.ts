/** Why staff change a stock by hand, and whether that adds or takes away; `counted` does what the count says. */
export const STOCK_REASONS = {
  received: 'adds',
  counted: 'sets',
  found: 'adds',
  damaged: 'takes',
  lost: 'takes',
  sample: 'takes',
  sent_back: 'takes',
} as const
export type StockReason = keyof typeof STOCK_REASONS
export const isStockReason = (text: string): text is StockReason => Object.hasOwn(STOCK_REASONS, text)

/** How a movement keeps its reason: the word, and what somebody noted about it. */
export const writeStockReason = (reason: StockReason, note: string): string =>
  note === '' ? reason : `${reason}: ${note}`

/** The reason of a movement taken apart; `reason` is a word of the shop (`sold`, `opening_stock`) or of staff. */
export function readStockReason(text: string): { readonly reason: string; readonly note: string } {
  const at = text.indexOf(': ')
  return at === -1 ? { reason: text, note: '' } : { reason: text.slice(0, at), note: text.slice(at + 2) }
}

/**
 * Units to add for what somebody typed: so many more, so many less, or as many as were counted.
 * @param units 0 or more.
 * @param onHand what the shop thought was there when the form was opened.
 */
export function stockDelta(reason: StockReason, units: number, onHand: number): number {
  const kind = STOCK_REASONS[reason]
  if (kind === 'sets') return units - onHand
  return kind === 'adds' ? units : -units
}
