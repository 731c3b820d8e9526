import { expect, test } from 'vitest'
import { paymentDeadline } from './payment-deadline.ts'

test.each([
  [1, '2026-11-21T12:01:00.000Z'],
  [30, '2026-11-21T12:30:00.000Z'],
  [120, '2026-11-21T14:00:00.000Z'],
])('%s minutes later', (minutes, wanted) => {
  expect(paymentDeadline(new Date('2026-11-21T12:00:00Z'), minutes).toISOString()).toBe(wanted)
})

test.each([0, 121, 1.5, -30, Number.NaN])('%s minutes is a wrong setting', (minutes) => {
  expect(() => paymentDeadline(new Date(), minutes)).toThrow(RangeError)
})
