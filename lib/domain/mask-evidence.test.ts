import { expect, test } from 'vitest'
import { maskEvidence, maskHeaders } from './mask-evidence.ts'

test('a form shows its fields, but not who paid', () => {
  const body =
    'out_trade_no=C123&total_amount=12.30&buyer_logon_id=159%2A%2A%2A%2A5620&sign=AbCdEfGhIjKlMnOpQrStUvWxYz0123%3D'
  expect(maskEvidence('application/x-www-form-urlencoded; charset=utf-8', body)).toEqual([
    { name: 'out_trade_no', value: 'C123' },
    { name: 'total_amount', value: '12.30' },
    { name: 'buyer_logon_id', value: '•••' },
    { name: 'sign', value: 'AbCdEfGhIjKlMnOpQrStUvWx…' },
  ])
})

test('JSON is told by paths, and a payer is covered with all that is below', () => {
  const body = JSON.stringify({ id: 'E1', amount: { total: 5 }, payer: { openid: 'oUpF8', name: 'Lin' } })
  expect(maskEvidence('application/json', body)).toEqual([
    { name: 'id', value: 'E1' },
    { name: 'amount.total', value: '5' },
    { name: 'payer', value: '•••' },
  ])
})

test.each([
  ['application/json', '{broken'],
  ['text/plain', 'hello'],
])('%s that cannot be read is shown as it came', (type, body) => {
  expect(maskEvidence(type, body)).toEqual([{ name: '', value: body }])
})

test('headers keep their names, signatures are cut', () => {
  expect(maskHeaders({ 'wechatpay-serial': 'AB12', 'wechatpay-signature': 'x'.repeat(60) })).toEqual([
    { name: 'wechatpay-serial', value: 'AB12' },
    { name: 'wechatpay-signature', value: `${'x'.repeat(24)}…` },
  ])
})

test('a percent sign that is no code does no harm', () => {
  expect(maskEvidence('application/x-www-form-urlencoded', 'a=100%&b=2')).toEqual([
    { name: 'a', value: '100%' },
    { name: 'b', value: '2' },
  ])
})
