import { expect, test } from 'vitest'
import { cashierOrigins, contentPolicy } from './content-policy.ts'

const table: [name: string, values: Record<string, string>, origins: string[]][] = [
  ['no provider', { DATABASE_URL: 'postgres://x' }, []],
  ['a variable left empty', { ALIPAY_APP_ID: '' }, []],
  ['the real gateway', { ALIPAY_APP_ID: '1' }, ['https://*.alipay.com', 'https://*.alipaydev.com']],
  [
    'a gateway of our own',
    { ALIPAY_APP_ID: '1', ALIPAY_GATEWAY_URL: 'http://127.0.0.1:9/gateway.do' },
    ['http://127.0.0.1:9'],
  ],
  ['two', { UNIONPAY_MER_ID: '1', WECHATPAY_GATEWAY_URL: 'http://h:1' }, ['http://h:1', 'https://*.95516.com']],
]
test.each(table)('forms lead to %s', (_name, values, origins) => {
  expect(cashierOrigins(values)).toEqual(origins)
})

test('a script runs by its nonce only', () => {
  const policy = contentPolicy('bm9uY2U=', { formTargets: ['http://h:1'], development: false })
  expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';")
  expect(policy).not.toContain('unsafe')
  expect(policy).toContain("form-action 'self' http://h:1;")
})
