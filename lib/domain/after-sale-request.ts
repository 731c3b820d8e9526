/** `cancellation`: of what was not sent yet. `return`: the goods come back, then the money goes. `refund`: they stay. */
export const AFTER_SALE_KINDS = ['cancellation', 'return', 'refund'] as const
export type AfterSaleKind = (typeof AFTER_SALE_KINDS)[number]

/** Why a shopper asks, by what they ask for. */
export const AFTER_SALE_REASONS = {
  cancellation: ['changed_mind', 'ordered_by_mistake', 'too_slow', 'other'],
  return: ['changed_mind', 'damaged', 'wrong_piece', 'not_as_described', 'other'],
  refund: ['damaged', 'missing', 'not_as_described', 'too_late', 'other'],
} as const satisfies Record<AfterSaleKind, readonly string[]>
export type AfterSaleReason = (typeof AFTER_SALE_REASONS)[AfterSaleKind][number]
export const ALL_AFTER_SALE_REASONS = [...new Set(Object.values(AFTER_SALE_REASONS).flat())] as [
  AfterSaleReason,
  ...AfterSaleReason[],
]

/** Characters of a shopper's words, and of an answer to them. */
export const MOST_WORDS = 2_000
export const MOST_PHOTOS = 6

export const isReasonOf = (kind: AfterSaleKind, reason: AfterSaleReason): boolean =>
  (AFTER_SALE_REASONS[kind] as readonly AfterSaleReason[]).includes(reason)
