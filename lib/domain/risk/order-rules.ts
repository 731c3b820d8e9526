import type { Fen } from '../money.ts'
import type { Evidence } from './incident-kinds.ts'

/** What is known of a paid order before it is packed. Counts are of the 24 hours before it was paid. */
export type OrderRiskFacts = {
  readonly total: Fen
  /** Units of the piece of which most were ordered. */
  readonly mostOfOnePiece: number
  /** Paid orders to the same address, this one included, and how many phones and mailboxes gave it. */
  readonly toAddress: { readonly orders: number; readonly phones: number; readonly mailboxes: number }
  /** Orders by the same phone or mailbox that were begun and never paid. */
  readonly unpaidBefore: number
  /** Attempts of this order that failed at a provider before one succeeded. */
  readonly failedAttempts: number
  /** Of the last 90 days: how many orders were paid, and what 99 of 100 stayed below. */
  readonly habit: { readonly orders: number; readonly usualMost: Fen }
}

/** Where habit ends. Money in fen. */
export const HOLD_LIMITS = {
  address: { orders: 6, guises: 4 },
  unpaidBefore: 6,
  failedAttempts: 5,
  /** Below so many orders there is no habit. Never for less than this sum, however small the usual ones are. */
  amount: { orders: 50, timesUsual: 3n, atLeast: 300_000n },
  ofOnePiece: 40,
} as const

export const HOLD_REASONS = [
  'many_to_one_address',
  'many_unpaid_before',
  'many_failed_attempts',
  'amount_above_habit',
  'many_of_one_piece',
] as const
export type HoldReason = (typeof HOLD_REASONS)[number]

type Rule = (facts: OrderRiskFacts) => Evidence | null

/** Why an order should be looked at before it is sent: what was seen, or null. */
const RULES: Readonly<Record<HoldReason, Rule>> = {
  many_to_one_address: ({ toAddress: { orders, phones, mailboxes } }) =>
    orders >= HOLD_LIMITS.address.orders && Math.max(phones, mailboxes) >= HOLD_LIMITS.address.guises
      ? { orders, phones, mailboxes }
      : null,
  many_unpaid_before: ({ unpaidBefore }) =>
    unpaidBefore >= HOLD_LIMITS.unpaidBefore ? { unpaid: unpaidBefore } : null,
  many_failed_attempts: ({ failedAttempts }) =>
    failedAttempts >= HOLD_LIMITS.failedAttempts ? { failedAttempts } : null,
  amount_above_habit: ({ total, habit }) => {
    const { orders, timesUsual, atLeast } = HOLD_LIMITS.amount
    const isAbove = habit.orders >= orders && total >= atLeast && total > timesUsual * habit.usualMost
    return isAbove ? { totalFen: Number(total), usualMostFen: Number(habit.usualMost) } : null
  },
  many_of_one_piece: ({ mostOfOnePiece }) =>
    mostOfOnePiece >= HOLD_LIMITS.ofOnePiece ? { units: mostOfOnePiece } : null,
}

/** By rules, or by a person who says why. */
export type HoldReasons = Readonly<Partial<Record<HoldReason, Evidence>>> & {
  readonly by_hand?: { readonly reason: string }
}

/** All that speaks against sending an order unseen; empty for nearly every one. */
export function judgeOrder(facts: OrderRiskFacts): HoldReasons {
  const seen = HOLD_REASONS.flatMap((reason) => {
    const evidence = RULES[reason](facts)
    return evidence ? [[reason, evidence] as const] : []
  })
  return Object.fromEntries(seen)
}
