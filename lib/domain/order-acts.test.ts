import { expect, test } from 'vitest'
import { toFen } from './money.ts'
import { type ActFacts, mayAct, ORDER_ACTS, type OrderAct } from './order-acts.ts'
import { FILTERED_STATES } from './order-filter.ts'
import { ORDER_STATES } from './order-state.ts'

const SUM = toFen(93_600n)
const unpaid: ActFacts = {
  state: 'pending_payment',
  paymentState: 'unpaid',
  fulfilment: 'unfulfilled',
  overdue: false,
  captured: toFen(0n),
  refunded: toFen(0n),
  refunding: toFen(0n),
}
const paid: ActFacts = { ...unpaid, state: 'confirmed', paymentState: 'paid', captured: SUM }

test.each<[string, ActFacts, readonly OrderAct[]]>([
  ['waiting for money', unpaid, ['pay', 'share_payment', 'cancel']],
  ['gone to pay', { ...unpaid, paymentState: 'paying' }, ['pay', 'share_payment', 'cancel']],
  ['overdue', { ...unpaid, overdue: true }, []],
  ['something is wrong with its money', { ...unpaid, paymentState: 'review' }, []],
  ['paid', paid, ['ask_to_cancel', 'buy_again', 'documents']],
  ['paid, and all of it goes back already', { ...paid, refunding: SUM }, ['buy_again', 'documents']],
  ['sent in part', { ...paid, fulfilment: 'partial' }, ['ask_to_cancel', 'buy_again', 'documents']],
  ['sent', { ...paid, fulfilment: 'shipped' }, ['confirm_receipt', 'buy_again', 'documents']],
  ['delivered', { ...paid, fulfilment: 'delivered' }, ['confirm_receipt', 'buy_again', 'documents']],
  ['complete', { ...paid, state: 'completed', fulfilment: 'delivered' }, ['buy_again', 'documents']],
  ['cancelled unpaid', { ...unpaid, state: 'cancelled' }, ['buy_again']],
  ['cancelled and paid back', { ...paid, state: 'cancelled', refunded: SUM }, ['buy_again', 'documents']],
])('%s', (_name, facts, acts) => {
  expect(ORDER_ACTS.filter((act) => mayAct(act, facts))).toEqual(acts)
})

test('each state of an order is under one filter', () => {
  expect(
    Object.values(FILTERED_STATES)
      .flatMap((states) => states ?? [])
      .toSorted(),
  ).toEqual(ORDER_STATES.toSorted())
})
