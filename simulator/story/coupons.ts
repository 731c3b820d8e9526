import { toFen } from '../../lib/domain/money.ts'

/** The discount codes that shoppers have heard of: one for everybody, one that three can have, one that each can use twice. */
export const COUPONS = [
  { code: 'AUTUMN', kind: 'percent', basisPoints: 1250 },
  { code: 'FIRST-THREE', kind: 'fixed', amountFen: toFen(5_000n), usesAtMost: 3 },
  { code: 'POSTFREE', kind: 'free_shipping', usesPerCustomer: 2 },
] as const
