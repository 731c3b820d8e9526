import { createCipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeText } from '../http/charset.ts'
import { openTestMerchant, shanghai, type TestMerchant } from '../testing/test-merchant.ts'
import { NOON, openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'

let sandbox: TestSandbox
let merchant: TestMerchant

beforeAll(() => {
  sandbox = openTestSandbox()
  merchant = openTestMerchant(sandbox)
})
afterAll(() => {
  sandbox.close()
  removeTestFolders()
})

const QUERY = 'alipay.trade.query'
const BIZ = { out_trade_no: 'ORDER1' }
const subCode = (body: string | Buffer): string => /"sub_code":"([^"]+)"/.exec(body.toString())?.[1] ?? body.toString()
const MINUTE = 60_000

describe('what is signed rightly and yet not right', () => {
  const table: [what: string, changes: Record<string, string | undefined>, subCode: string][] = [
    ['no method', { method: undefined }, 'isv.missing-method'],
    ['no app', { app_id: undefined }, 'isv.missing-app-id'],
    ['another app', { app_id: '9021000000000009' }, 'isv.invalid-app-id'],
    ['no signature type', { sign_type: undefined }, 'isv.missing-signature-type'],
    ['SHA-1', { sign_type: 'RSA' }, 'isv.invalid-signature-type'],
    ['no timestamp', { timestamp: undefined }, 'isv.missing-timestamp'],
    ['a timestamp 16 minutes old', { timestamp: shanghai(NOON - 16 * MINUTE) }, 'isv.invalid-timestamp'],
    ['a timestamp 16 minutes ahead', { timestamp: shanghai(NOON + 16 * MINUTE) }, 'isv.invalid-timestamp'],
    [
      'a timestamp of UTC',
      { timestamp: new Date(NOON).toISOString().slice(0, 19).replace('T', ' ') },
      'isv.invalid-timestamp',
    ],
    ['a day that no month has', { timestamp: '2026-11-31 12:00:00' }, 'isv.invalid-timestamp'],
    ['no version', { version: undefined }, 'isv.missing-version'],
    ['version 2.0', { version: '2.0' }, 'isv.invalid-version'],
    ['XML', { format: 'XML' }, 'isv.invalid-format'],
    ['a charset nobody has', { charset: 'latin1' }, 'isv.invalid-charset'],
    [
      'an address of 257 characters',
      { notify_url: `https://shop.example/${'x'.repeat(236)}` },
      'isv.invalid-parameter',
    ],
    ['an address that is none', { notify_url: 'ftp://shop.example' }, 'isv.invalid-parameter'],
    ['content that is no JSON', { biz_content: '{' }, 'isv.invalid-parameter'],
    ['content encrypted with DES', { encrypt_type: 'DES' }, 'isv.decryption-error-not-valid-encrypt-type'],
    ['content that is not encrypted', { encrypt_type: 'AES' }, 'isv.decryption-error-unknown'],
    [
      'another app certificate',
      { app_cert_sn: '0'.repeat(32), alipay_root_cert_sn: '0'.repeat(32) },
      'isv.invalid-app-cert-sn',
    ],
    ['half of certificate mode', { alipay_root_cert_sn: '0'.repeat(32) }, 'isv.invalid-app-cert-sn'],
    ['a method that does not exist', { method: 'alipay.trade.query2' }, 'isv.invalid-method'],
    ['a method that every object has', { method: 'constructor' }, 'isv.invalid-method'],
  ]
  test.each(table)('%s', async (_, changes, expected) => {
    expect(subCode((await merchant.post(merchant.sign(QUERY, BIZ, changes))).body)).toBe(expected)
  })
})

test('nothing at all is told that a method is missing, without a signature', async () => {
  const { body } = await sandbox.request('POST', '/gateway.do?charset=utf-8')
  expect(body.toString()).toBe(
    '{"error_response":{"code":"40001","msg":"Missing Required Arguments","sub_code":"isv.missing-method","sub_msg":"缺少方法名参数"}}',
  )
})

test('a timestamp just inside the tolerance passes, on both sides', async () => {
  for (const away of [-15 * MINUTE, 15 * MINUTE])
    expect((await merchant.call(QUERY, BIZ, { timestamp: shanghai(NOON + away) }))['sub_code']).toBe(
      'ACQ.TRADE_NOT_EXIST',
    )
})

test('no change of one character anywhere in a signed request passes', async () => {
  const signed = Object.entries(merchant.sign(QUERY, BIZ)).filter(([name]) => name !== 'charset')
  const change = fc.tuple(fc.nat(signed.length - 1), fc.nat(400), fc.constantFrom('0', 'Z', '+', '/', '=', ' ', '中'))
  await fc.assert(
    fc.asyncProperty(change, async ([which, where, character]) => {
      const [name = '', value = ''] = signed[which] ?? []
      const at = where % value.length
      const altered = value.slice(0, at) + character + value.slice(at + 1)
      fc.pre(altered !== value)
      const { body } = await merchant.post({ charset: 'utf-8', ...Object.fromEntries(signed), [name]: altered })
      expect(subCode(body)).toMatch(/^isv\./)
    }),
    { numRuns: 200 },
  )
}, 30_000)

test('the refusal of a signature is itself signed, and shows the text that was expected', async () => {
  const answer = await merchant.call(QUERY, BIZ, {}).then(async () => {
    const altered = { ...merchant.sign(QUERY, BIZ), version: '1.1' }
    return merchant.post(altered)
  })
  const [, content = '', signature = ''] =
    /^{"alipay_trade_query_response":(.*),"sign":"([^"]+)"}$/.exec(answer.body.toString()) ?? []
  expect(merchant.verifies(content, signature)).toBe(true)
  expect(JSON.parse(content).sub_msg).toContain(
    '网关生成的验签字符串为：app_id=9021000000000001&amp;biz_content={"out_trade_no":"ORDER1"}',
  )
})

test('a parameter that occurs twice is refused, in the address, in the body or in both', async () => {
  const signed = new URLSearchParams(merchant.sign(QUERY, BIZ)).toString()
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const [query, body] of [
    [`${signed}&version=1.0`, ''],
    [signed, 'version=1.0'],
    ['charset=utf-8', signed],
  ] as const)
    expect(subCode((await sandbox.request('POST', `/gateway.do?${query}`, body, form)).body)).toBe(
      'isv.invalid-parameter',
    )
})

test('the parameters may stand in the address, in the body, or in both', async () => {
  const { charset = '', ...rest } = merchant.sign(QUERY, BIZ)
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const all = new URLSearchParams({ ...rest, charset }).toString()
  for (const [method, query, body] of [
    ['GET', all, ''],
    ['POST', '', all],
    ['POST', `charset=${charset}`, new URLSearchParams(rest).toString()],
  ] as const)
    expect(subCode((await sandbox.request(method, `/gateway.do?${query}`, body, form)).body)).toBe(
      'ACQ.TRADE_NOT_EXIST',
    )
  expect((await sandbox.request('PUT', `/gateway.do?${all}`)).status).toBe(405)
})

test('where no charset is in sight the bytes are GBK: Chinese sent as UTF-8 then fails its signature', async () => {
  const biz = { out_trade_no: 'ORDER1', operator_id: '中文' }
  const signed = merchant.sign(QUERY, biz)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const blind = await sandbox.request('POST', '/gateway.do', new URLSearchParams(signed).toString(), form)
  expect(subCode(blind.body)).toBe('isv.invalid-signature')
  expect((await merchant.call(QUERY, biz))['sub_code']).toBe('ACQ.TRADE_NOT_EXIST')
})

test('a merchant that speaks GBK is understood and answered in GBK', async () => {
  const answer = await merchant.post(merchant.sign(QUERY, BIZ, { charset: 'GBK' }))
  expect(answer.headers['content-type']).toBe('text/html;charset=gbk')
  expect(Buffer.from(answer.body).includes(encodeText('交易不存在', 'gbk'))).toBe(true)
})

test('encrypted content is read, and the answer comes encrypted and signed with its quotes', async () => {
  const key = Buffer.from(readFileSync(join(sandbox.folder, 'alipay', 'encrypt-key.txt'), 'utf8'), 'base64')
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(16))
  const content = cipher.update(JSON.stringify(BIZ), 'utf8', 'base64') + cipher.final('base64')
  const { body } = await merchant.post(merchant.sign(QUERY, content, { encrypt_type: 'AES' }))
  const [, quoted = '', signature = ''] =
    /^{"alipay_trade_query_response":("[^"]+"),"sign":"([^"]+)"}$/.exec(body.toString()) ?? []
  expect(merchant.verifies(quoted, signature)).toBe(true)
})

test('every slash of an answer is escaped, and the signature is over the escaped text', async () => {
  const order = { out_trade_no: 'SLASH', total_amount: '1.00', subject: 'a/b' }
  const { body } = await merchant.post(merchant.sign('alipay.trade.precreate', order))
  const [, content = '', signature = ''] = /_response":(.*),"sign":"([^"]+)"}$/.exec(body.toString()) ?? []
  expect(content).toMatch(/"qr_code":"http:\\\/\\\/127\.0\.0\.1:3220\\\/qr\\\/bax/)
  expect(merchant.verifies(content, signature)).toBe(true)
})
