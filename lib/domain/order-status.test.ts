import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FULFILMENT_STATES } from './fulfilment-state.ts'
import { ORDER_STATES } from './order-state.ts'
import { mayPay, ORDER_STATUSES, type OrderFacts, type OrderStatus, orderStatus } from './order-status.ts'
import { PAYMENT_STATES } from './payment-state.ts'

const fresh: OrderFacts = {
  state: 'pending_payment',
  paymentState: 'unpaid',
  fulfilment: 'unfulfilled',
  overdue: false,
  returned: false,
}

const table: [says: OrderStatus, facts: Partial<OrderFacts>][] = [
  ['awaiting', {}],
  ['awaiting', { returned: true }],
  ['started', { paymentState: 'paying' }],
  ['confirming', { paymentState: 'paying', returned: true }],
  ['confirming', { paymentState: 'paying', returned: true, overdue: true }],
  ['closing', { paymentState: 'paying', overdue: true }],
  ['closing', { overdue: true }],
  ['review', { paymentState: 'review' }],
  ['review', { state: 'cancelled', paymentState: 'review' }],
  ['paid', { state: 'confirmed', paymentState: 'paid', returned: true, overdue: true }],
  ['sent_in_part', { state: 'confirmed', paymentState: 'paid', fulfilment: 'partial' }],
  ['sent', { state: 'confirmed', paymentState: 'paid', fulfilment: 'shipped' }],
  ['delivered', { state: 'confirmed', paymentState: 'paid', fulfilment: 'delivered' }],
  ['surplus', { state: 'confirmed', paymentState: 'overpaid' }],
  ['money_goes_back', { state: 'expired', paymentState: 'overpaid', overdue: true }],
  ['refunded', { state: 'cancelled', paymentState: 'refunded' }],
  ['refunded_in_part', { state: 'confirmed', paymentState: 'partially_refunded' }],
  ['completed', { state: 'completed', paymentState: 'paid' }],
  ['expired', { state: 'expired', overdue: true }],
  ['cancelled', { state: 'cancelled' }],
]
test.each(table)('%s: %j', (says, facts) => {
  expect(orderStatus({ ...fresh, ...facts })).toBe(says)
})

test('each status is in the table', () => {
  expect(new Set(table.map(([says]) => says))).toEqual(new Set(ORDER_STATUSES))
})

test('nobody is asked to pay for an order that takes no money', () => {
  const facts = fc.record<OrderFacts>({
    state: fc.constantFrom(...ORDER_STATES),
    paymentState: fc.constantFrom(...PAYMENT_STATES),
    fulfilment: fc.constantFrom(...FULFILMENT_STATES),
    overdue: fc.boolean(),
    returned: fc.boolean(),
  })
  const inviting: OrderStatus[] = ['awaiting', 'started']
  fc.assert(
    fc.property(facts, (order) => {
      if (inviting.includes(orderStatus(order))) expect(mayPay(order)).toBe(true)
      if (order.state !== 'pending_payment' || order.overdue || order.paymentState === 'review')
        expect(mayPay(order)).toBe(false)
    }),
  )
})
