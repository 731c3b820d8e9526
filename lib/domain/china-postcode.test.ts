import { expect, test } from 'vitest'
import { isPostcodeOf } from './china-postcode.ts'

const table: [province: string, postcode: string, holds: boolean][] = [
  ['31', '200002', true],
  ['11', '100000', true],
  ['36', '333000', true], // Jingdezhen
  ['44', '518000', true],
  ['54', '860000', true],
  ['31', '100000', false],
  ['31', '20000', false],
  ['31', '2000020', false],
  ['31', '20000a', false],
  ['31', '２０００００', false], // full-width digits are normalised at the door, not here
  ['99', '200002', false],
]

test.each(table)('province %s, postcode %s: %s', (province, postcode, holds) => {
  expect(isPostcodeOf(province, postcode)).toBe(holds)
})
