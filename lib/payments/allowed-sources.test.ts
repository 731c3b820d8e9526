import { expect, test } from 'vitest'
import { judgeSource, readAllowedSources } from './allowed-sources.ts'

const WECHAT = '101.226.103.7'
const STRANGER = '198.51.100.9'

test('published ranges are observed until one says more', () => {
  const sources = readAllowedSources({})
  expect(judgeSource(sources, 'wechatpay', WECHAT)).toBe('listed')
  expect(judgeSource(sources, 'wechatpay', STRANGER)).toBe('unlisted')
  expect(judgeSource(sources, 'alipay', STRANGER)).toBe('listed')
})

test('a list of one’s own takes the place of the published one, and can be enforced', () => {
  const sources = readAllowedSources({
    NOTIFY_SOURCES: 'enforce',
    NOTIFY_SOURCES_WECHATPAY: `2001:db8::/48, ${STRANGER}`,
  })
  expect(judgeSource(sources, 'wechatpay', '2001:db8::1')).toBe('listed')
  expect(judgeSource(sources, 'wechatpay', STRANGER)).toBe('listed')
  expect(judgeSource(sources, 'wechatpay', WECHAT)).toBe('turned_away')
})

test('sandbox gateways are on this machine', () => {
  expect(judgeSource(readAllowedSources({ PAYMENTS_MODE: 'sandbox' }), 'wechatpay', '127.0.0.1')).toBe('listed')
  const sources = readAllowedSources({ PAYMENTS_MODE: 'sandbox', NOTIFY_SOURCES_ALIPAY: '127.0.0.2' })
  expect(judgeSource(sources, 'alipay', '127.0.0.1')).toBe('unlisted')
})

test.each([
  [{ NOTIFY_SOURCES: 'on' }, 'NOTIFY_SOURCES must be'],
  [{ NOTIFY_SOURCES_UNIONPAY: '10.0.0.0/40' }, 'NOTIFY_SOURCES_UNIONPAY'],
])('%j is refused with its name', (values, told) => {
  expect(() => readAllowedSources(values)).toThrow(told)
})
