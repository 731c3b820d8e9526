import { expect, test } from 'vitest'
import { isInRanges, parseIp, parseRanges } from './ip-ranges.ts'

const RANGES = parseRanges('101.226.103.0/25, 175.24.214.208 2001:db8::/32')

test.each([
  ['101.226.103.1', true],
  ['101.226.103.127', true],
  ['101.226.103.128', false],
  ['175.24.214.208', true],
  ['175.24.214.209', false],
  ['2001:db8:1::1', true],
  ['2001:db9::1', false],
  ['::ffff:101.226.103.1', true],
  ['::ffff:65e2:6701', true],
  ['[2001:db8::1]', true],
  ['101.226.103.1.', false],
  ['0x65e26701', false],
  ['0145.226.103.1', false],
  ['101.226.26369', false],
  ['101.226.103.1/25', false],
  ['101.226.103.1, 1.2.3.4', false],
  ['', false],
  ['unknown', false],
])('%s is listed: %s', (ip, listed) => {
  expect(isInRanges(ip, RANGES)).toBe(listed)
})

test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '2001:db8::/129', 'example.com', '10.0.0.0/-1', '10.0.0.0/8/8x'])(
  'a list with %s is refused whole',
  (word) => {
    expect(() => parseRanges(`127.0.0.1 ${word}`)).toThrow(RangeError)
  },
)

test('a range may be everything', () => {
  expect(isInRanges('203.0.113.7', parseRanges('0.0.0.0/0'))).toBe(true)
  expect(parseIp('::1')?.toString()).toBe('::1')
})
