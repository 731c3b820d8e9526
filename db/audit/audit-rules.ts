import { DELAY_RULES } from './delay-rules.ts'
import { FIGURE_DELAY_RULES, FIGURE_RULES } from './figure-rules.ts'
import { GOODS_RULES } from './goods-rules.ts'
import { LEDGER_RULES } from './ledger-rules.ts'
import { ORDER_RULES } from './order-rules.ts'
import { PAYMENT_RULES } from './payment-rules.ts'
import { PROMOTION_RULES } from './promotion-rules.ts'
import { REFUND_RULES } from './refund-rules.ts'

/** What must hold in the books at every moment. */
export const BOOK_RULES = {
  ...LEDGER_RULES,
  ...PAYMENT_RULES,
  ...REFUND_RULES,
  ...ORDER_RULES,
  ...FIGURE_RULES,
  ...GOODS_RULES,
  ...PROMOTION_RULES,
} as const

/** With what must have happened by now. */
export const AUDIT_RULES = { ...BOOK_RULES, ...DELAY_RULES, ...FIGURE_DELAY_RULES } as const
