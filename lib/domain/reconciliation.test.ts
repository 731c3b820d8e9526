import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billWindow } from './bill-day.ts'
import { type Fen, toFen } from './money.ts'
import { ORDER_STATES } from './order-state.ts'
import {
  type Billed,
  type BilledState,
  type BillTerms,
  comparePayment,
  compareRefund,
  type Finding,
  type OurPayment,
  type OurRefund,
} from './reconciliation.ts'
import type { RefundState } from './refund-state.ts'
import { addDays } from './shanghai-time.ts'

const WINDOW = billWindow('2026-11-20', -1)
const TERMS: BillTerms = { window: WINDOW, feeBasisPoints: 60 }
const DAY_MS = 86_400_000

const feeOf = (amount: Fen) => toFen((amount * 60n + 5_000n) / 10_000n)
const amounts = fc.bigInt({ min: 1n, max: 10n ** 11n }).map(toFen)
const instants = fc.nat(DAY_MS - 1).map((ms) => new Date(WINDOW.from.getTime() + ms))
const liveStates = ORDER_STATES.filter((state) => state !== 'pending_payment' && state !== 'expired')

/** A payment that bill, attempt, event, ledger and order tell alike. */
const agreeing = fc
  .record({
    amount: amounts,
    at: instants,
    orderState: fc.constantFrom(...liveStates),
    outcome: fc.constantFrom('captured' as const, 'surplus' as const, 'late' as const),
  })
  .map(({ amount, at, orderState, outcome }) => {
    const billed: Billed = {
      state: 'done',
      amount,
      fee: feeOf(amount),
      providerTradeNo: 'T1',
      completedAt: at,
      isRepeat: false,
    }
    const capture = { outcome, amount, providerTradeNo: 'T1', paidAt: at, bookedFen: amount }
    return { billed, capture, ours: { askedFen: amount, orderState, capture } }
  })
type Agreeing = { billed: Billed; capture: NonNullable<OurPayment['capture']>; ours: OurPayment }

test('what agrees is no difference', () => {
  fc.assert(
    fc.property(agreeing, ({ billed, ours }) => {
      expect(comparePayment(billed, ours, TERMS)).toEqual([])
    }),
  )
})

describe('one thing that is wrong is one finding', () => {
  const wrongs: [name: string, spoil: (pair: Agreeing, n: bigint) => [Billed, OurPayment | null], Finding][] = [
    ['told twice', ({ billed, ours }) => [{ ...billed, isRepeat: true }, ours], 'line_doubled'],
    ['nobody here asked for it', ({ billed }) => [billed, null], 'payment_foreign'],
    ['not heard of', ({ billed, ours }) => [billed, { ...ours, capture: null }], 'payment_unknown'],
    [
      'not heard of, and of another amount',
      ({ billed, ours }, n) => [
        { ...billed, amount: toFen(billed.amount + n) },
        { ...ours, capture: null },
      ],
      'payment_amount',
    ],
    ['more', ({ billed, ours }, n) => [{ ...billed, amount: toFen(billed.amount + n) }, ours], 'payment_amount'],
    [
      'never booked',
      ({ billed, ours, capture }) => [billed, { ...ours, capture: { ...capture, bookedFen: null } }],
      'payment_booking',
    ],
    [
      'booked otherwise',
      ({ billed, ours, capture }, n) => [
        billed,
        { ...ours, capture: { ...capture, bookedFen: toFen(capture.amount + n) } },
      ],
      'payment_booking',
    ],
    ['dearer', ({ billed, ours }, n) => [{ ...billed, fee: toFen(billed.fee + 1n + n) }, ours], 'payment_fee'],
    ['another trade', ({ billed, ours }) => [{ ...billed, providerTradeNo: 'T2' }, ours], 'payment_trade'],
    ['not paid there', ({ billed, ours }) => [{ ...billed, state: 'failed' }, ours], 'payment_state'],
    [
      'the order waits',
      ({ billed, ours, capture }) => [
        billed,
        { ...ours, orderState: 'pending_payment', capture: { ...capture, outcome: 'captured' } },
      ],
      'order_state',
    ],
    [
      'a day before',
      ({ billed, ours, capture }) => [
        billed,
        { ...ours, capture: { ...capture, paidAt: addDays(capture.paidAt, -1) } },
      ],
      'payment_late',
    ],
    [
      'two days after',
      ({ billed, ours, capture }) => [billed, { ...ours, capture: { ...capture, paidAt: addDays(capture.paidAt, 2) } }],
      'payment_displaced',
    ],
  ]
  test.each(wrongs)('%s', (_, spoil, finding) => {
    fc.assert(
      fc.property(agreeing, fc.bigInt({ min: 1n, max: 10n ** 9n }), (pair, n) => {
        expect(comparePayment(...spoil(pair, n), TERMS)).toEqual([finding])
      }),
    )
  })
})

test('two things that are wrong are two findings', () => {
  fc.assert(
    fc.property(agreeing, ({ billed, ours }) => {
      const both = { ...billed, fee: toFen(billed.fee + 2n), providerTradeNo: 'T2' }
      expect(comparePayment(both, ours, TERMS)).toEqual(['payment_fee', 'payment_trade'])
    }),
  )
})

test('a payment that came to nothing, here and there', () => {
  const billed = { state: 'failed', amount: toFen(1n), fee: toFen(0n), providerTradeNo: 'T', isRepeat: false } as const
  const ours = { askedFen: toFen(1n), orderState: 'expired', capture: null } as const
  expect(comparePayment({ ...billed, completedAt: WINDOW.from }, ours, TERMS)).toEqual([])
})

describe('refunds', () => {
  const refund = (state: BilledState, over: Partial<Billed> = {}): Billed => ({
    state,
    amount: toFen(500n),
    fee: toFen(-3n),
    providerTradeNo: 'T',
    completedAt: WINDOW.from,
    isRepeat: false,
    ...over,
  })
  const ours = (state: RefundState, refundedAt: Date | null = null, amount = 500n): OurRefund => ({
    state,
    amount: toFen(amount),
    refundedAt,
    bookedFen: state === 'succeeded' ? toFen(-amount) : null,
  })
  const soon = new Date(WINDOW.from.getTime() + 1)

  test.each<[billed: BilledState, ours: RefundState, refundedAt: Date | null, agrees: boolean]>([
    ['done', 'succeeded', soon, true],
    ['done', 'succeeded', null, true],
    ['done', 'pending', null, false],
    ['done', 'processing', null, false],
    ['done', 'failed', null, false],
    ['done', 'abnormal', null, false],
    ['pending', 'pending', null, true],
    ['pending', 'processing', null, true],
    ['pending', 'abnormal', null, true],
    ['pending', 'succeeded', soon, false],
    ['pending', 'succeeded', WINDOW.to, true],
    ['pending', 'failed', null, false],
    ['failed', 'failed', null, true],
    ['failed', 'abnormal', null, true],
    ['failed', 'processing', null, false],
    ['failed', 'succeeded', soon, false],
  ])('%s there, %s here since %s: agrees %s', (there, here, refundedAt, agrees) => {
    expect(compareRefund(refund(there), ours(here, refundedAt), TERMS)).toEqual(agrees ? [] : ['refund_state'])
  })

  test.each<[name: string, billed: Billed, ours: OurRefund | null, findings: Finding[]]>([
    ['told twice', refund('done', { isRepeat: true }), ours('succeeded'), ['line_doubled']],
    ['nobody here asked for it', refund('done'), null, ['refund_foreign']],
    ['another amount', refund('done'), ours('succeeded', soon, 499n), ['refund_amount']],
    ['a fee for giving back', refund('done', { fee: toFen(3n) }), ours('succeeded', soon), ['refund_fee']],
    ['never booked', refund('done'), { ...ours('succeeded', soon), bookedFen: null }, ['refund_booking']],
    ['the day before', refund('done'), ours('succeeded', addDays(soon, -1)), ['refund_late']],
    ['heard of days later', refund('done'), ours('succeeded', addDays(soon, 9)), ['refund_late']],
    ['the day after', refund('done'), ours('succeeded', WINDOW.to), ['refund_late']],
    ['days before', refund('done'), ours('succeeded', addDays(WINDOW.from, -3)), ['refund_displaced']],
    ['still under way there, days later here', refund('pending'), ours('succeeded', addDays(soon, 5)), []],
  ])('%s', (_, billed, our, findings) => {
    expect(compareRefund(billed, our, TERMS)).toEqual(findings)
  })
})
