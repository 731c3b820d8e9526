import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FULFILMENT_STATES } from '../domain/fulfilment-state.ts'
import { AFTER_SALE_FILTERS, EVERY_ORDER, type OrderFilter } from '../domain/order-list.ts'
import { ORDER_STATES } from '../domain/order-state.ts'
import { PAYMENT_STATES } from '../domain/payment-state.ts'
import { officeOrdersPath, withQuery } from '../office-paths.ts'
import { orderFilterQuery, readOrderCursor, readOrderFilter, writeOrderCursor } from './order-filter.ts'

const oneOf = <T>(words: readonly T[]) => fc.constantFrom(null, ...words)
const filters: fc.Arbitrary<OrderFilter> = fc
  .record({
    text: fc.string({ maxLength: 90 }).map((text) => text.trim()),
    state: oneOf(ORDER_STATES),
    payment: oneOf(PAYMENT_STATES),
    fulfilment: oneOf(FULFILMENT_STATES),
    sending: oneOf(['to_send', 'held']),
    afterSale: oneOf(AFTER_SALE_FILTERS),
    provider: oneOf(['alipay', 'wechatpay', 'unionpay']),
    from: oneOf(['2026-01-31', '2024-02-29']),
    to: oneOf(['2026-11-21']),
  })
  .map(({ sending, fulfilment, ...filter }) => ({
    ...filter,
    fulfilment: sending === null ? fulfilment : null,
    toSend: sending === 'to_send',
    held: sending === 'held',
  }))

test('what is written into an address is read back', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const { searchParams } = new URL(withQuery(officeOrdersPath('en'), orderFilterQuery(filter)), 'http://x')
      expect(readOrderFilter(Object.fromEntries(searchParams))).toEqual(filter)
    }),
  )
})

test.each([
  [{ state: 'nonsense', from: '2026-02-30', q: ['a', 'b'], provider: '' }],
  [{ state: ['confirmed', 'cancelled'] }],
  [{}],
])('%j asks for every order', (query) => {
  expect(readOrderFilter(query)).toEqual(EVERY_ORDER)
})

test('a cursor is read back, and nonsense begins at the first page', () => {
  const cursor = { placedAt: new Date('2026-11-21T08:00:00.123Z'), id: '0f8fad5b-d9cb-469f-a165-70867728950e' }
  expect(readOrderCursor(writeOrderCursor(cursor))).toEqual(cursor)
  for (const nonsense of [
    '',
    '1',
    `1.${'x'.repeat(36)}`,
    undefined,
    ['a'],
    "1.0f8fad5b-d9cb-469f-a165-70867728950e'--",
  ])
    expect(readOrderCursor(nonsense)).toBeNull()
})
