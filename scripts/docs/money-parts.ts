import { AFTER_SALE_TRANSITIONS } from '#lib/domain/after-sale-state.ts'
import { ATTEMPT_TRANSITIONS } from '#lib/domain/attempt-state.ts'
import { FULFILMENT_TRANSITIONS } from '#lib/domain/fulfilment-state.ts'
import { ACCOUNTS, BOOKINGS, entriesOf, type Journal } from '#lib/domain/journal.ts'
import { type Fen, toFen, toYuan } from '#lib/domain/money.ts'
import { ORDER_TRANSITIONS } from '#lib/domain/order-state.ts'
import { type PaymentFacts, paymentState } from '#lib/domain/payment-state.ts'
import { FINDINGS } from '#lib/domain/reconciliation.ts'
import { REFUND_TRANSITIONS } from '#lib/domain/refund-state.ts'
import { decideSettlement, type PaidReport, type SettlementFacts } from '#lib/domain/settlement.ts'
import type { Transitions } from '#lib/domain/transition.ts'
import { code, table, words } from './markdown.ts'

/** A row for each state, with what each event makes of it. */
const stateTable = (transitions: Transitions<string, string>): string =>
  table(
    ['from', 'what happens → to'],
    Object.entries(transitions).map(([from, row]) => [
      code(from),
      Object.entries(row)
        .map(([event, to]) => `${words(event)} → ${code(to ?? '')}`)
        .join('; ') || 'nothing more',
    ]),
  )

const sidesOf = (sides: Readonly<Partial<Record<string, string>>>): string =>
  Object.entries(sides)
    .map(([account, part]) => `${words(account)} (${part})`)
    .join(', ')

const accounts = table(
  ['account', 'grows on the', 'holds'],
  Object.entries(ACCOUNTS).map(([name, { grows, holds }]) => [words(name), `${grows} side`, holds]),
)

const bookings = table(
  ['journal', 'when', 'debit', 'credit'],
  Object.entries(BOOKINGS).map(([kind, { when, debit, credit }]) => [
    words(kind),
    when,
    sidesOf(debit),
    sidesOf(credit),
  ]),
)

const yuan = (amount: number): Fen => toFen(BigInt(amount * 100))
const EXAMPLES: readonly (readonly [what: string, journal: Journal])[] = [
  [
    'paid: goods 400, discount 40, shipping 12',
    { kind: 'capture', parts: { subtotal: yuan(400), discount: yuan(40), shipping: yuan(12) } },
  ],
  [
    'half of the goods go back',
    { kind: 'refund_requested', parts: { subtotal: yuan(200), discount: yuan(20), shipping: yuan(0) } },
  ],
  ['they arrived', { kind: 'refund_sent', amount: yuan(180) }],
  ['the same order paid a second time', { kind: 'surplus', amount: yuan(372) }],
  ['the second payment is promised back', { kind: 'surplus_returned', amount: yuan(372) }],
  ['it arrived', { kind: 'refund_sent', amount: yuan(372) }],
  ['the bill of the day: fees of 2.23', { kind: 'fee', amount: toFen(223n) }],
]

const examples = table(
  ['what happened', 'entries (debit +, credit −)'],
  EXAMPLES.map(([what, journal]) => [
    what,
    entriesOf(journal)
      .map(
        ({ account, amount }) =>
          `${words(account)} ${toYuan(amount)
            .replace(/^(?!-)/, '+')
            .replace('-', '−')}`,
      )
      .join(', '),
  ]),
)

const PAYMENTS: readonly (readonly [what: string, facts: Partial<Record<keyof PaymentFacts, number | boolean>>])[] = [
  ['nothing came', {}],
  ['the shopper may be paying right now', { attemptOpen: true }],
  ['372 came', { captured: 372 }],
  ['744 came', { captured: 744 }],
  ['744 came, 372 went back', { captured: 744, refunded: 372 }],
  ['372 came, 180 went back', { captured: 372, refunded: 180 }],
  ['372 came and went back', { captured: 372, refunded: 372 }],
  ['372 came for an order that had ended', { owed: 0, captured: 372 }],
  ['a report that cannot be right is not settled', { captured: 372, disputed: true }],
]

const payments = table(
  ['an order of 372 for which', 'state of the payment'],
  PAYMENTS.map(([what, { owed = 372, captured = 0, refunded = 0, attemptOpen = false, disputed = false }]) => [
    what,
    code(
      paymentState({
        owed: yuan(Number(owed)),
        captured: yuan(Number(captured)),
        refunded: yuan(Number(refunded)),
        attemptOpen: attemptOpen === true,
        disputed: disputed === true,
      }),
    ),
  ]),
)

const REPORT: PaidReport = { eventId: 'e', providerTradeNo: 'T1', amount: yuan(372), currency: 'CNY' }
const FACTS: SettlementFacts = {
  attempt: { state: 'redirected', amount: yuan(372), currency: 'CNY', providerTradeNo: null },
  payment: { captured: yuan(0) },
  order: { state: 'pending_payment' },
}
const SUCCEEDED = { ...FACTS.attempt, state: 'succeeded', providerTradeNo: 'T1' } as const
const REPORTS: readonly (readonly [what: string, facts: Partial<SettlementFacts>, report: Partial<PaidReport>])[] = [
  ['the order waits for it', {}, {}],
  ['the attempt was closed or had failed by our book', { attempt: { ...FACTS.attempt, state: 'closed' } }, {}],
  ['the same report again, by any way', { attempt: SUCCEEDED, payment: { captured: yuan(372) } }, {}],
  ['another attempt was paid before', { payment: { captured: yuan(372) }, order: { state: 'confirmed' } }, {}],
  ['the order had expired', { order: { state: 'expired' } }, {}],
  ['the order had been cancelled', { order: { state: 'cancelled' } }, {}],
  ['another amount', {}, { amount: toFen(372n) }],
  ['another currency', {}, { currency: 'USD' }],
  ['the attempt was paid by another trade of the provider', { attempt: SUCCEEDED }, { providerTradeNo: 'T2' }],
]

const settlement = table(
  ['a provider reports 372, and', 'what we do'],
  REPORTS.map(([what, facts, report]) => {
    const decided = decideSettlement({ ...FACTS, ...facts }, { ...REPORT, ...report })
    return [what, 'reason' in decided ? `${code(decided.action)} (${words(decided.reason)})` : code(decided.action)]
  }),
)

const differences = table(
  ['finding', 'kind', 'what is proposed'],
  Object.entries(FINDINGS).map(([finding, { kind, proposal }]) => [words(finding), words(kind), words(proposal)]),
)

/** What `docs/money.md` has from the code. */
export const MONEY_PARTS = {
  accounts,
  bookings,
  examples,
  settlement,
  'order-states': stateTable(ORDER_TRANSITIONS),
  'attempt-states': stateTable(ATTEMPT_TRANSITIONS),
  'payment-states': payments,
  'request-states': stateTable(AFTER_SALE_TRANSITIONS),
  'refund-states': stateTable(REFUND_TRANSITIONS),
  'fulfilment-states': stateTable(FULFILMENT_TRANSITIONS),
  differences,
}
