import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import { toFen } from '#lib/domain/money.ts'
import { couponSeenText, linesText, readCheckoutRequest } from './checkout-request.ts'

const REQUEST = 'a1b2c3d4-0000-4000-8000-000000000001'
const read = (fields: Record<string, string>) => readCheckoutRequest(new Map(Object.entries(fields))).ticket

const line = fc.record({
  variantId: fc.integer({ min: 1, max: 999_999_999 }),
  quantity: fc.integer({ min: 1, max: 99 }),
  priceSeen: fc.bigInt({ min: 0n, max: 999_999_999_999n }).map(toFen),
})

const coupon = fc.option(
  fc.record({
    code: fc.constantFrom('SPRING' as CouponCode, '春天-26' as CouponCode),
    takesOff: fc.option(fc.bigInt({ min: 0n, max: 999_999_999_999n }).map(toFen)),
  }),
)

test('what the page wrote is read as it was meant', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 50 }), coupon, (lines, couponSeen) => {
      const seen = couponSeenText(couponSeen)
      const ticket = read({ request: REQUEST, lines: linesText(lines), 'fee-standard': '1500', 'coupon-seen': seen })
      expect(ticket).toEqual({ requestId: REQUEST, lines, feesSeen: new Map([['standard', 1_500n]]), couponSeen })
    }),
  )
})

const nonsense: [name: string, fields: Record<string, string>][] = [
  ['nothing', {}],
  ['no id', { lines: '1x1@100' }],
  ['an id that is none', { request: '1', lines: '1x1@100' }],
  ['no lines', { request: REQUEST, lines: '' }],
  ['none of a piece', { request: REQUEST, lines: '1x0@100' }],
  ['a hundred of a piece', { request: REQUEST, lines: '1x100@100' }],
  ['less than nothing', { request: REQUEST, lines: '1x-1@100' }],
  ['half a piece', { request: REQUEST, lines: '1x0.5@100' }],
  ['a negative price', { request: REQUEST, lines: '1x1@-100' }],
  ['an exponent', { request: REQUEST, lines: '1x1@1e9' }],
  ['an id beyond any', { request: REQUEST, lines: '99999999999x1@100' }],
  ['51 lines', { request: REQUEST, lines: Array(51).fill('1x1@1').join() }],
  ['a line too much', { request: REQUEST, lines: '1x1@1,' }],
]
test.each(nonsense)('%s is no ticket of ours', (_name, fields) => {
  expect(read(fields)).toBeNull()
})

test('a fee that is no number was not seen', () => {
  expect(read({ request: REQUEST, lines: '1x1@1', 'fee-standard': '-1', 'fee-express': 'x' })?.feesSeen).toEqual(
    new Map(),
  )
})

test('no form makes it throw', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (fields) => void read(fields)))
})

const ADDRESS = 'a1b2c3d4-0000-4000-8000-000000000002'
test.each([
  ['nothing', {}, null, null],
  ['another button', { intent: 'shipping' }, 'shipping', null],
  ['what was pasted', { intent: 'split', pasted: '林薇' }, 'address', { kind: 'pasted', text: '林薇' }],
  ['an address of the book', { intent: `use:${ADDRESS}` }, 'address', { kind: 'book', addressId: ADDRESS }],
  ['an address that is none', { intent: "use:1' or true" }, null, null],
] as const)('fills the address in from %s', (_name, fields, update, source) => {
  expect(readCheckoutRequest(new Map(Object.entries(fields)))).toMatchObject({ update, source })
})
