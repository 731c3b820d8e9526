import { expect, test } from 'vitest'
import { type MarkedOrder, type OrderMark, orderMarks } from './order-marks.ts'

const plain: MarkedOrder = {
  state: 'confirmed',
  payment: 'paid',
  fulfilment: 'unfulfilled',
  hasOpenRequest: false,
  isHeld: false,
}

const table: [order: Partial<MarkedOrder>, marks: OrderMark[]][] = [
  [{ state: 'pending_payment', payment: 'unpaid' }, ['unpaid']],
  [{ state: 'pending_payment', payment: 'review' }, ['unpaid', 'review']],
  [{}, ['to_send']],
  [{ fulfilment: 'partial' }, ['partly_sent']],
  [{ fulfilment: 'delivered', payment: 'partially_refunded' }, ['delivered', 'partly_refunded']],
  [{ fulfilment: 'delivered', hasOpenRequest: true }, ['delivered', 'request']],
  [{ state: 'completed', fulfilment: 'delivered' }, ['completed']],
  [{ state: 'cancelled', payment: 'refunded' }, ['cancelled', 'refunded']],
  [{ state: 'expired', payment: 'overpaid' }, ['expired', 'overpaid']],
]
test.each(table)('%j is marked %j', (order, marks) => {
  expect(orderMarks({ ...plain, ...order }).map(([mark]) => mark)).toEqual(marks)
})
