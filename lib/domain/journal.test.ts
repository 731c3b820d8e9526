import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCOUNT_NAMES, BOOKINGS, entriesOf, JOURNAL_KINDS, type Journal, type Parts } from './journal.ts'
import { sumFen, toFen } from './money.ts'

const partsOf = (subtotal: bigint, discount: bigint, shipping: bigint): Parts => ({
  subtotal: toFen(subtotal),
  discount: toFen(discount),
  shipping: toFen(shipping),
})

const table: readonly [Journal, Record<string, bigint>][] = [
  [
    { kind: 'capture', parts: partsOf(1000n, 100n, 50n) },
    { clearing: 950n, discounts: 100n, sales: -1000n, shipping: -50n },
  ],
  [
    { kind: 'capture', parts: partsOf(1000n, 0n, 0n) },
    { clearing: 1000n, sales: -1000n },
  ],
  [
    { kind: 'surplus', amount: toFen(950n) },
    { clearing: 950n, surplus: -950n },
  ],
  [
    { kind: 'refund_requested', parts: partsOf(500n, 50n, 0n) },
    { sales: 500n, discounts: -50n, refunds_payable: -450n },
  ],
  [
    { kind: 'refund_failed', parts: partsOf(500n, 50n, 0n) },
    { refunds_payable: 450n, discounts: 50n, sales: -500n },
  ],
  [
    { kind: 'surplus_returned', amount: toFen(950n) },
    { surplus: 950n, refunds_payable: -950n },
  ],
  [
    { kind: 'surplus_return_failed', amount: toFen(950n) },
    { refunds_payable: 950n, surplus: -950n },
  ],
  [
    { kind: 'refund_sent', amount: toFen(450n) },
    { refunds_payable: 450n, clearing: -450n },
  ],
  [
    { kind: 'fee', amount: toFen(6n) },
    { fees: 6n, clearing: -6n },
  ],
  [
    { kind: 'fee_returned', amount: toFen(6n) },
    { clearing: 6n, fees: -6n },
  ],
  [
    { kind: 'correction', debit: 'clearing', credit: 'suspense', amount: toFen(1n) },
    { clearing: 1n, suspense: -1n },
  ],
]

test.each(table.map(([journal, sides]) => ({ kind: journal.kind, journal, sides })))('$kind', ({ journal, sides }) => {
  expect(Object.fromEntries(entriesOf(journal).map(({ account, amount }) => [account, amount]))).toEqual(sides)
})

test('the table above has every kind', () => {
  expect(new Set(table.map(([{ kind }]) => kind))).toEqual(new Set(JOURNAL_KINDS))
})

const amount = fc.bigInt(1n, 10n ** 12n).map(toFen)
const parts = fc
  .tuple(amount, fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n))
  .map(([subtotal, discount, shipping]) => partsOf(subtotal, discount % (subtotal + 1n), shipping))
  .filter(({ subtotal, discount, shipping }) => subtotal - discount + shipping > 0n)
const journal = fc.oneof(
  fc.record({ kind: fc.constantFrom('capture', 'refund_requested', 'refund_failed'), parts }),
  fc.record({
    kind: fc.constantFrom('surplus', 'surplus_returned', 'surplus_return_failed', 'refund_sent', 'fee', 'fee_returned'),
    amount,
  }),
  fc
    .record({
      kind: fc.constant('correction'),
      debit: fc.constantFrom(...ACCOUNT_NAMES),
      credit: fc.constantFrom(...ACCOUNT_NAMES),
      amount,
    })
    .filter(({ debit, credit }) => debit !== credit),
) as fc.Arbitrary<Journal>

test('every journal sums to nothing, has two sides and names each account once', () => {
  fc.assert(
    fc.property(journal, (booked) => {
      const entries = entriesOf(booked)
      expect(sumFen(entries.map((entry) => entry.amount))).toBe(0n)
      expect(entries.length).toBeGreaterThanOrEqual(2)
      expect(new Set(entries.map(({ account }) => account)).size).toBe(entries.length)
      expect(entries.every((entry) => entry.amount !== 0n)).toBe(true)
    }),
  )
})

test.each([
  ['refund_requested', 'refund_failed'],
  ['surplus_returned', 'surplus_return_failed'],
  ['fee', 'fee_returned'],
] as const)('%s and %s undo each other', (there, back) => {
  expect(BOOKINGS[back]).toMatchObject({ debit: BOOKINGS[there].credit, credit: BOOKINGS[there].debit })
})

test.each<[what: string, journal: () => Journal]>([
  ['a negative amount', () => ({ kind: 'fee', amount: toFen(-1n) })],
  ['nothing', () => ({ kind: 'fee', amount: toFen(0n) })],
  ['a negative part', () => ({ kind: 'capture', parts: partsOf(10n, 0n, -1n) })],
  ['a discount over goods and shipping', () => ({ kind: 'capture', parts: partsOf(10n, 20n, 5n) })],
  ['an account by itself', () => ({ kind: 'correction', debit: 'fees', credit: 'fees', amount: toFen(1n) })],
])('%s is not booked', (_what, refused) => {
  expect(() => entriesOf(refused())).toThrow(RangeError)
})
