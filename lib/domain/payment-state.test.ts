import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toFen } from './money.ts'
import { type PaymentState, paymentState } from './payment-state.ts'

const table: [
  state: PaymentState,
  owed: bigint,
  captured: bigint,
  refunded: bigint,
  open: boolean,
  disputed: boolean,
][] = [
  ['unpaid', 100n, 0n, 0n, false, false],
  ['paying', 100n, 0n, 0n, true, false],
  ['paid', 100n, 100n, 0n, false, false],
  ['paid', 100n, 100n, 0n, true, false], // another tab is still open
  ['overpaid', 100n, 200n, 0n, false, false],
  ['paid', 100n, 200n, 100n, false, false], // the surplus went back
  ['partially_refunded', 100n, 100n, 40n, false, false],
  ['refunded', 100n, 100n, 100n, false, false],
  ['overpaid', 0n, 100n, 0n, false, false], // late money for an expired order
  ['refunded', 0n, 100n, 100n, false, false],
  ['unpaid', 0n, 0n, 0n, false, false], // expired, nothing ever came
  ['review', 100n, 0n, 0n, true, true],
  ['review', 100n, 100n, 0n, false, true],
]

test.each(table)('%s: owed %s, captured %s, refunded %s, open %s, disputed %s', (state, ...facts) => {
  const [owed, captured, refunded, attemptOpen, disputed] = facts
  expect(
    paymentState({ owed: toFen(owed), captured: toFen(captured), refunded: toFen(refunded), attemptOpen, disputed }),
  ).toBe(state)
})

const amount = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(toFen)

test('whatever is kept beyond what is owed shows as overpaid or review, and paid means exactly paid', () => {
  fc.assert(
    fc.property(amount, amount, amount, fc.boolean(), fc.boolean(), (owed, kept, back, attemptOpen, disputed) => {
      const [captured, refunded] = [toFen(kept + back), back]
      const state = paymentState({ owed, captured, refunded, attemptOpen, disputed })
      if (kept > owed) expect(['overpaid', 'review']).toContain(state)
      if (state === 'paid' && refunded > 0n) expect(kept).toBe(owed)
    }),
  )
})
