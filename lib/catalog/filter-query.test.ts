import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFilterQuery } from './filter-query.ts'

const NOTHING = {
  options: {},
  priceFromFen: null,
  priceToFen: null,
  inStock: false,
  sort: 'featured',
  page: 1,
}

test.each([
  ['an empty address', {}, {}],
  ['one value', { 'o.glaze': 'celadon' }, { options: { glaze: ['celadon'] } }],
  ['values twice', { 'o.glaze': ['ivory', 'cobalt', 'ivory'] }, { options: { glaze: ['ivory', 'cobalt'] } }],
  ['a price', { from: '100', to: ' 250,50 ' }, { priceFromFen: 10_000n, priceToFen: 25_050n }],
  ['an empty field', { from: '', to: '', stock: '' }, {}],
  ['the rest', { stock: '1', sort: 'price_up', page: '3' }, { inStock: true, sort: 'price_up', page: 3 }],
  ['bad prices', { from: '-1', to: '1e9' }, {}],
  ['bad words', { sort: 'best', page: '0', stock: 'yes', 'o.glaze': 'DROP TABLE', 'o.': 'x', 'o.A': 'b' }, {}],
  ['lists where one is meant', { sort: ['newest', 'x'], page: ['2', '9'] }, { sort: 'newest', page: 2 }],
  ['ten thousand letters', { 'o.glaze': 'a'.repeat(10_000), page: '9'.repeat(10_000) }, {}],
  ['a zero byte', { 'o.glaze': '\0', from: '\0' }, {}],
])('%s', (_, params, expected) => {
  expect(readFilterQuery(params)).toEqual({ ...NOTHING, ...expected })
})

test('no address whatever is refused, and none is read without end', () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined))
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('from', 'page', 'o.glaze')), value), (params) => {
      const { options, page } = readFilterQuery(params)
      expect(Object.keys(options).length).toBeLessThanOrEqual(8)
      expect(page).toBeGreaterThanOrEqual(1)
    }),
  )
})
