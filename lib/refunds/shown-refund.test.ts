import { expect, test } from 'vitest'
import { LOCALES } from '../domain/locale.ts'
import { REFUND_STATES } from '../domain/refund-state.ts'
import { PROVIDER_NAMES } from '../payments/port.ts'
import { type RefundRecord, showRefund } from './shown-refund.ts'

const refund: RefundRecord = {
  cause: 'surplus',
  provider: 'alipay',
  refundNo: '261121K7M4Q2XR9TACD02R01',
  state: 'succeeded',
  amountFen: 93_00n,
  refundedAt: new Date('2026-11-21T14:08:00Z'),
}

test('why, what, and when it can be seen', () => {
  expect(showRefund(refund, 'en')).toEqual({
    refundNo: refund.refundNo,
    text: 'A further payment arrived for this order, which was paid already. ¥93.00 went back to you by Alipay on November 21, 2026 at 10:08 PM. It is in your Alipay balance within minutes; on a bank card it can take up to ten working days.',
    rows: [
      ['Amount', '¥93.00'],
      ['Refund number', refund.refundNo],
    ],
  })
  expect(showRefund(refund, 'zh').text).not.toMatch(/[。；，] /)
})

test('what has not arrived promises no arrival, and what staff decided gives no cause', () => {
  const { text } = showRefund({ ...refund, cause: 'staff', state: 'failed' }, 'en')
  expect(text).toBe('¥93.00 could not be paid back yet. We are seeing to it; there is nothing to do for you.')
})

test.each(
  LOCALES.flatMap((locale) =>
    REFUND_STATES.flatMap((state) => PROVIDER_NAMES.map((provider) => [locale, state, provider] as const)),
  ),
)('in %s, %s by %s: the amount, and no word that is missing', (locale, state, provider) => {
  const { text } = showRefund({ ...refund, state, provider }, locale)
  expect(text).toContain('93')
  expect(text).not.toMatch(/order\.|[{}]/)
})
