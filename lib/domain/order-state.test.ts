import { expect, test } from 'vitest'
import {
  holdsStock,
  nextOrderState,
  ORDER_STATES,
  type OrderEvent,
  type OrderState,
  owesNothing,
} from './order-state.ts'

const table: [from: OrderState, event: OrderEvent, to: OrderState | null][] = [
  ['pending_payment', 'payment_captured', 'confirmed'],
  ['pending_payment', 'deadline_passed', 'expired'],
  ['pending_payment', 'cancelled', 'cancelled'],
  ['pending_payment', 'completed', null],
  ['confirmed', 'payment_captured', null], // a second payment is a surplus, not a second confirmation
  ['confirmed', 'deadline_passed', null], // the expiry job may run after the payment
  ['confirmed', 'completed', 'completed'],
  ['confirmed', 'cancelled', 'cancelled'],
  ['completed', 'cancelled', null],
  ['cancelled', 'payment_captured', null], // late money is no usual payment
  ['cancelled', 'revived', 'confirmed'],
  ['expired', 'revived', 'confirmed'],
  ['confirmed', 'revived', null],
  ['expired', 'payment_captured', null],
  ['expired', 'cancelled', null],
]

test.each(table)('%s + %s → %s', (from, event, to) => {
  expect(nextOrderState(from, event)).toBe(to)
})

test('stock is held exactly while money is awaited, and only ended orders owe nothing', () => {
  expect(ORDER_STATES.filter(holdsStock)).toEqual(['pending_payment'])
  expect(ORDER_STATES.filter(owesNothing)).toEqual(['cancelled', 'expired'])
})
