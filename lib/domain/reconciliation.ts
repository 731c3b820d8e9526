import { isAgreedFee } from './agreed-fee.ts'
import { isWithin, type Window } from './bill-day.ts'
import { type Fen, toFen } from './money.ts'
import type { OrderState } from './order-state.ts'
import type { RefundState } from './refund-state.ts'
import { addDays } from './shanghai-time.ts'

/** The words of a bill for how far a payment or refund is. */
export type BilledState = 'done' | 'pending' | 'failed'

/** What a line of a bill says. */
export type Billed = {
  readonly state: BilledState
  readonly amount: Fen
  readonly fee: Fen
  readonly providerTradeNo: string
  readonly completedAt: Date
  /** True when a line above tells of the same payment or refund. */
  readonly isRepeat: boolean
}

/** Our attempt of that number, and what we know of its money. */
export type OurPayment = {
  readonly askedFen: Fen
  readonly orderState: OrderState
  /** Null while we know of no payment. */
  readonly capture: {
    readonly outcome: 'captured' | 'surplus' | 'late'
    readonly amount: Fen
    readonly providerTradeNo: string
    readonly paidAt: Date
    /** What its journal moved on the provider's clearing account; null without a journal. */
    readonly bookedFen: Fen | null
  } | null
}

/** Our refund of that number. */
export type OurRefund = {
  readonly state: RefundState
  readonly amount: Fen
  /** Null until the money arrived; when we heard of it, where the provider does not say when it did. */
  readonly refundedAt: Date | null
  /** What its journal moved on the provider's clearing account, below zero; null without a journal. */
  readonly bookedFen: Fen | null
}

/** What the comparison needs to know besides the two sides. */
export type BillTerms = {
  readonly window: Window
  /** Hundredths of a percent that the provider may keep; null when that is not known. */
  readonly feeBasisPoints: number | null
}

export const DIFFERENCE_KINDS = [
  'missing_here',
  'missing_there',
  'amount',
  'fee',
  'status',
  'late',
  'doubled',
  'unreadable',
] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/**
 * `query_payment`, `query_refund`: ask the provider and apply its answer, which a rule does by itself. `wait_for_next_bill`:
 * nothing is wrong yet. `ask_provider`, `claim_fee`: write to its support. `audit`: our own book disagrees with itself.
 * `look`: a person must find out. `nothing`: noted only.
 */
export const PROPOSALS = [
  'query_payment',
  'query_refund',
  'wait_for_next_bill',
  'ask_provider',
  'claim_fee',
  'audit',
  'look',
  'nothing',
] as const
export type Proposal = (typeof PROPOSALS)[number]

/** Everything that can be wrong between a bill and our book, and what to do about it. */
export const FINDINGS = {
  /** The number of the line is none of ours. */
  payment_foreign: { kind: 'missing_here', proposal: 'look' },
  /** Our attempt, and the first we hear of its money. */
  payment_unknown: { kind: 'missing_here', proposal: 'query_payment' },
  refund_foreign: { kind: 'missing_here', proposal: 'look' },
  payment_unbilled: { kind: 'missing_there', proposal: 'ask_provider' },
  refund_unbilled: { kind: 'missing_there', proposal: 'query_refund' },
  payment_amount: { kind: 'amount', proposal: 'ask_provider' },
  refund_amount: { kind: 'amount', proposal: 'ask_provider' },
  /** Bill and event agree, and the ledger has another amount or none. */
  payment_booking: { kind: 'amount', proposal: 'audit' },
  refund_booking: { kind: 'amount', proposal: 'audit' },
  payment_fee: { kind: 'fee', proposal: 'claim_fee' },
  refund_fee: { kind: 'fee', proposal: 'claim_fee' },
  /** The provider says that the money did not come, and we took it for paid. */
  payment_state: { kind: 'status', proposal: 'query_payment' },
  /** The money of our attempt came under another number of the provider than it told us. */
  payment_trade: { kind: 'status', proposal: 'ask_provider' },
  /** Paid, booked, and the order waits for money or has expired. */
  order_state: { kind: 'status', proposal: 'audit' },
  refund_state: { kind: 'status', proposal: 'query_refund' },
  /** In the bill of a neighbouring day: clocks and closing times differ. */
  payment_late: { kind: 'late', proposal: 'nothing' },
  refund_late: { kind: 'late', proposal: 'nothing' },
  /** In a bill that is days away. */
  payment_displaced: { kind: 'late', proposal: 'look' },
  refund_displaced: { kind: 'late', proposal: 'look' },
  line_doubled: { kind: 'doubled', proposal: 'ask_provider' },
  line_unreadable: { kind: 'unreadable', proposal: 'look' },
} as const satisfies Record<string, { kind: DifferenceKind; proposal: Proposal }>
export type Finding = keyof typeof FINDINGS

type Rule<Ours> = readonly [finding: Finding, applies: (billed: Billed, ours: Ours, terms: BillTerms) => boolean]

/** Where one of these holds there is nothing to compare any more. */
const whenAlone = {
  payment: (billed: Billed, ours: OurPayment | null): Finding | null => {
    if (billed.isRepeat) return 'line_doubled'
    if (!ours) return 'payment_foreign'
    if (ours.capture) return null
    if (billed.state !== 'done') return null
    return billed.amount === ours.askedFen ? 'payment_unknown' : 'payment_amount'
  },
  refund: (billed: Billed, ours: OurRefund | null): Finding | null => {
    if (billed.isRepeat) return 'line_doubled'
    return ours ? null : 'refund_foreign'
  },
}

const PAYMENT_RULES: readonly Rule<NonNullable<OurPayment['capture']> & Pick<OurPayment, 'orderState'>>[] = [
  ['payment_amount', (billed, ours) => billed.amount !== ours.amount],
  ['payment_booking', (billed, ours) => billed.amount === ours.amount && ours.bookedFen !== ours.amount],
  [
    'payment_fee',
    (billed, ours, { feeBasisPoints }) =>
      billed.amount === ours.amount && !isAgreedFee('payment', billed, feeBasisPoints),
  ],
  ['payment_trade', (billed, ours) => billed.providerTradeNo !== ours.providerTradeNo],
  ['payment_state', (billed) => billed.state !== 'done'],
  [
    'order_state',
    (_, ours) =>
      ours.outcome === 'captured' && (ours.orderState === 'pending_payment' || ours.orderState === 'expired'),
  ],
  ['payment_late', (_, ours, { window }) => nearness(ours.paidAt, window) === 'neighbour'],
  ['payment_displaced', (_, ours, { window }) => nearness(ours.paidAt, window) === 'far'],
]

const REFUND_RULES: readonly Rule<OurRefund>[] = [
  ['refund_amount', (billed, ours) => billed.amount !== ours.amount],
  [
    'refund_booking',
    (billed, ours) =>
      billed.amount === ours.amount && ours.state === 'succeeded' && ours.bookedFen !== toFen(-ours.amount),
  ],
  [
    'refund_fee',
    (billed, ours, { feeBasisPoints }) =>
      billed.amount === ours.amount && !isAgreedFee('refund', billed, feeBasisPoints),
  ],
  ['refund_state', (billed, ours, { window }) => !agrees(billed.state, ours, window)],
  ['refund_late', (billed, ours, terms) => nearnessOfRefund(billed, ours, terms) === 'neighbour'],
  ['refund_displaced', (billed, ours, terms) => nearnessOfRefund(billed, ours, terms) === 'far'],
]

/** What is wrong with a payment of the bill; nothing when bill, attempt, ledger and order agree. */
export function comparePayment(billed: Billed, ours: OurPayment | null, terms: BillTerms): readonly Finding[] {
  const alone = whenAlone.payment(billed, ours)
  if (alone) return [alone]
  if (!ours?.capture) return []
  const side = { ...ours.capture, orderState: ours.orderState }
  return PAYMENT_RULES.filter(([, applies]) => applies(billed, side, terms)).map(([finding]) => finding)
}

/** What is wrong with a refund of the bill. */
export function compareRefund(billed: Billed, ours: OurRefund | null, terms: BillTerms): readonly Finding[] {
  const alone = whenAlone.refund(billed, ours)
  if (alone || !ours) return alone ? [alone] : []
  return REFUND_RULES.filter(([, applies]) => applies(billed, ours, terms)).map(([finding]) => finding)
}

/**
 * Which states of ours go with the bill's word. A bill is a picture of its day: what it calls pending may have arrived
 * since. `abnormal` left the provider and reached nobody, which bills call either.
 */
const AGREEING = {
  done: ['succeeded'],
  pending: ['pending', 'processing', 'abnormal'],
  failed: ['failed', 'abnormal'],
} as const satisfies Record<BilledState, readonly RefundState[]>

function agrees(billed: BilledState, ours: OurRefund, window: Window): boolean {
  if (billed === 'pending' && ours.state === 'succeeded') return !ours.refundedAt || ours.refundedAt >= window.to
  const states: readonly RefundState[] = AGREEING[billed]
  return states.includes(ours.state)
}

/** Where we heard of a refund only later, its time here is later than the bill's: that alone is no displacement. */
function nearnessOfRefund(billed: Billed, { refundedAt }: OurRefund, { window }: BillTerms) {
  if (billed.state !== 'done' || !refundedAt) return 'same'
  return refundedAt >= window.to ? 'neighbour' : nearness(refundedAt, window)
}

function nearness(instant: Date, window: Window): 'same' | 'neighbour' | 'far' {
  if (isWithin(instant, window)) return 'same'
  return isWithin(instant, { from: addDays(window.from, -1), to: addDays(window.to, 1) }) ? 'neighbour' : 'far'
}
