import { expect, test } from 'vitest'
import { sayReason, sayState } from './say-event.ts'

test.each([
  ['wechatpay qr', 'en', 'WeChat Pay · by QR code'],
  ['notify', 'fr', 'notification'],
  ['qr code was torn', 'en', 'qr code was torn'],
  ['alipay', 'zh', 'alipay'],
] as const)('the reason %s is told in %s as %s', (reason, locale, said) => {
  expect(sayReason(reason, locale)).toBe(said)
})

test('a state is told in the words of the list, one that has none by its name', () => {
  expect(sayState('fulfilment', 'partial', 'en')).toBe('sent in part')
  expect(sayState('after_sale', 'goods_received', 'en')).toBe('goods_received')
})
