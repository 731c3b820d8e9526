import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ORDER_FILTERS } from '../domain/order-filter.ts'
import { orderListQuery, readOrderListQuery } from './order-list-query.ts'

const ALL = { filter: 'all', search: '', after: null }

test('what the address says is what was asked', () => {
  const asked = fc.record({
    filter: fc.constantFrom(...ORDER_FILTERS),
    search: fc.constantFrom('', 'teapot', '圆壶', '50 %_\\', '2611213K7DR7'),
    after: fc.option(
      fc.record({
        placedAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        id: fc.uuid(),
      }),
    ),
  })
  fc.assert(
    fc.property(asked, (query) => {
      expect(readOrderListQuery(Object.fromEntries(new URLSearchParams(orderListQuery(query))))).toEqual(query)
    }),
  )
})

test.each([
  ['nothing', {}],
  ['another filter', { show: 'others' }],
  ['two filters', { show: ['to_pay', 'ended'] }],
  ['no place in the list', { after: "1'; drop table orders--" }],
  ['only signs that cannot be seen', { q: '\u0000\u202e ' }],
])('%s is the whole list', (_name, asked) => {
  expect(readOrderListQuery(asked)).toEqual(ALL)
})
