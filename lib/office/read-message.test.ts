import { expect, test } from 'vitest'
import { readMessage } from './read-message.ts'

const read = (body: string, headers = {}) =>
  Object.fromEntries(readMessage(new TextEncoder().encode(body), headers).map(({ name, value }) => [name, value]))

test('a form is read field by field, without signature and buyer', () => {
  const form =
    'out_trade_no=261121A01&trade_status=TRADE_SUCCESS&sign_type=RSA2&sign=abcdef&buyer_id=2088&buyer_logon_id=lin***'
  expect(read(form)).toEqual({
    out_trade_no: '261121A01',
    trade_status: 'TRADE_SUCCESS',
    sign_type: 'RSA2',
    sign: '••• (6)',
    buyer_id: '••• (4)',
    buyer_logon_id: '••• (6)',
  })
})

test('JSON is read to its ends, its sealed part told by its length', () => {
  const message = { id: 'E1', resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext: 'x'.repeat(500), nonce: 'n' } }
  expect(read(JSON.stringify(message), { 'wechatpay-signature': 'abc', 'wechatpay-timestamp': '1' })).toEqual({
    'wechatpay-signature': '••• (3)',
    'wechatpay-timestamp': '1',
    id: 'E1',
    'resource.algorithm': 'AEAD_AES_256_GCM',
    'resource.ciphertext': '••• (500)',
    'resource.nonce': 'n',
  })
})

test.each(['accNo', 'cardNo', 'signature', 'signPubKeyCert', 'payer.openid', 'payerInfo', 'phoneNo', 'customerInfo'])(
  '%s is never shown',
  (name) => {
    expect(read(`${name}=6216261000000000018`)).toEqual({ [name]: '••• (19)' })
  },
)

test.each(['', '{broken', 'plain words', '\u0000\u0001', '%%%=%'])('nonsense %j is told without harm', (body) => {
  expect(() => read(body)).not.toThrow()
})

test('a message without end is cut', () => {
  const endless = Array.from({ length: 500 }, (_, n) => `f${n}=${'y'.repeat(900)}`).join('&')
  const fields = readMessage(new TextEncoder().encode(endless), {})
  expect(fields).toHaveLength(60)
  expect(fields[0]?.value).toHaveLength(400)
})
