import { expect, test } from 'vitest'
import { HIGHEST_REFUND, refundNumber } from './refund-number.ts'

const PAYMENT = '261121K7M4Q2XR9TACD01'

test('the number of the payment, R and two digits: what all three gateways take', () => {
  expect(refundNumber(PAYMENT, 1)).toBe('261121K7M4Q2XR9TACD01R01')
  expect(refundNumber(PAYMENT, HIGHEST_REFUND)).toMatch(/^[0-9A-Za-z]{8,32}$/)
})

test.each([0, -1, 1.5, HIGHEST_REFUND + 1, Number.NaN])('%s is no refund', (sequence) => {
  expect(() => refundNumber(PAYMENT, sequence)).toThrow(RangeError)
})
