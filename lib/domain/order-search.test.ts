import { expect, test } from 'vitest'
import { type OrderSearch, parseOrderSearch } from './order-search.ts'

const readings = (typed: string) => {
  const search = parseOrderSearch(typed)
  if (!search) return null
  const { words, ...rest } = search
  const found = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
  return words ? { ...found, words: [...words.words, ...words.han] } : found
}

const table: [typed: string, readings: Partial<Record<keyof OrderSearch, unknown>> | null][] = [
  ['261121', { number: '261121', phone: '261121', email: '261121' }],
  ['261121-cdef ghjk', { number: '261121CDEFGHJK', words: ['261121', 'cdef', 'ghjk'] }],
  // A payment's and a refund's number begin with that of the order.
  [
    '261121ACDEFGHJKMNPQ01',
    { number: '261121ACDEFGHJKMNPQ', email: '261121acdefghjkmnpq01', words: ['261121acdefghjkmnpq01'] },
  ],
  [
    '261121ACDEFGHJKMNPQ01R02',
    { number: '261121ACDEFGHJKMNPQ', email: '261121acdefghjkmnpq01r02', words: ['261121acdefghjkmnpq01r02'] },
  ],
  // Month 13 is no day, so it is no order of ours.
  ['261321', { phone: '261321', email: '261321' }],
  ['8000', { phone: '8000', email: '8000' }],
  ['138 0013 8000', { phone: '13800138000', tradeNo: '13800138000' }],
  ['+86 138 0013 8000', { phone: '8613800138000', tradeNo: '8613800138000' }],
  [
    '2026112122001499991234567890',
    {
      phone: '2026112122001499991234567890',
      tradeNo: '2026112122001499991234567890',
      email: '2026112122001499991234567890',
    },
  ],
  ['Lin@Example.com', { email: 'lin@example.com', words: ['lin', 'example', 'com'] }],
  ['lin', { email: 'lin', words: ['lin'], sku: 'LIN' }],
  ['Zoë Ångström', { words: ['zoe', 'angstrom'] }],
  ['林薇', { words: ['林薇'] }],
  ['林', { words: ['林'] }],
  ['GEN-4000-1', { email: 'gen-4000-1', words: ['gen', '4000', '1'], sku: 'GEN-4000-1' }],
  ['l', null],
  ['12', null],
  ['', null],
  ['%', null],
]
test.each(table)('“%s” is read as %j', (typed, expected) => {
  expect(readings(typed)).toEqual(expected)
})
