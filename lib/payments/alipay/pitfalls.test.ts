import { createVerify } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { toFen } from '../../domain/money.ts'
import type { CreateRequest } from '../port.ts'
import { createRegistry } from '../registry.ts'
import { readPrivateKey } from '../rsa-keys.ts'
import { signText } from '../rsa-sha256.ts'
import { startGateway } from '../testing/gateway-double.ts'
import { singleKey } from './alipay-keys.ts'
import { createTrade } from './create-trade.ts'
import { browserUrl, signRequest } from './gateway.ts'
import { verifyNotification } from './notification.ts'
import { createAlipay } from './provider.ts'
import { queryRefund, refundTrade } from './refund-calls.ts'
import { requestText } from './signing.ts'
import {
  APP_ID,
  alipayPair,
  clientFor,
  encode,
  type Fields,
  merchantPair,
  NOW,
  paidNotice,
  SELLER_ID,
  signAnswer,
  signForm,
} from './testing/alipay-double.ts'
import { queryTrade } from './trade-calls.ts'

// The twenty ways in which public libraries have gone wrong with Alipay.

const client = clientFor()
const attempt = { outTradeNo: 'A20261121K7M2Q9ZT', startedAt: NOW }
const pagePay: CreateRequest = {
  ...attempt,
  scene: { kind: 'page' },
  amount: toFen(26800n),
  subject: '青瓷茶壶 "大" <b>50% & more</b>',
  payBefore: new Date('2026-11-21T16:10:00Z'),
  returnUrl: 'https://shop.example/zh/return',
}
const refund = { ...attempt, refundNo: 'R20261121AAAA', requestedAt: NOW }
const refundRequest = {
  ...refund,
  providerTradeNo: '2026112122001499990500000001',
  amount: toFen(100n),
  paidAmount: toFen(26800n),
  paidAt: NOW,
  reason: 'x',
}

const notify = async (body: Uint8Array, by = client) => {
  const verified = await verifyNotification(by, { headers: new Headers(), body }, NOW)
  return verified.ok ? verified.value : verified.error
}
const pem = (key: typeof merchantPair.privateKey, type: 'pkcs1' | 'pkcs8') =>
  key.export({ type, format: 'pem' }).toString()
const publicPem = (key: typeof merchantPair.publicKey) => key.export({ type: 'spki', format: 'pem' }).toString()
const bare = (armoured: string) => armoured.replace(/-----[A-Z ]+-----|\s/g, '')
const settings: Fields = {
  PAYMENTS_MODE: 'sandbox',
  ALIPAY_APP_ID: APP_ID,
  ALIPAY_SELLER_ID: SELLER_ID,
  ALIPAY_PRIVATE_KEY: pem(merchantPair.privateKey, 'pkcs8'),
  ALIPAY_PUBLIC_KEY: publicPem(alipayPair.publicKey),
}
const open = (changes: Fields) =>
  createRegistry({ ...settings, ...changes }, { readFile: () => new Uint8Array(), clock: () => NOW }).get('alipay')

test('1: values are decoded once: % and + in a subject survive, a stray % does not throw', async () => {
  expect(await notify(signForm(paidNotice({ subject: '100% A+B %2B %E4' })))).toMatchObject({ kind: 'paid' })
  expect(await notify(Buffer.from('subject=100%&sign=%&charset=utf-8'))).toMatchObject({ code: 'bad_signature' })
})

test('2: sign_type is no part of a payment notice, and both ways are not tried', async () => {
  expect(await notify(signForm(paidNotice()))).toMatchObject({ kind: 'paid' })
  expect(await notify(signForm(paidNotice(), { signSignType: true }))).toMatchObject({ code: 'bad_signature' })
})

test('3: our own public key in the place of Alipay’s is named at start, and verifies nothing', async () => {
  expect(() => open({ ALIPAY_PUBLIC_KEY: publicPem(merchantPair.publicKey) })).toThrow(/public half of your own key/)
  const wrong = clientFor({}, { keys: singleKey(merchantPair.publicKey) })
  expect(await notify(signForm(paidNotice()), wrong)).toMatchObject({ code: 'bad_signature' })
})

test('4: PKCS#1 and PKCS#8, with and without armour, are the same key', () => {
  const texts = (['pkcs1', 'pkcs8'] as const).flatMap((type) => {
    const armoured = pem(merchantPair.privateKey, type)
    return [armoured, bare(armoured)]
  })
  const signatures = texts.map((text) => {
    const key = readPrivateKey(text)
    return key.ok ? signText('x', key.value) : key.error.reason
  })
  expect(new Set(signatures)).toEqual(new Set([signText('x', merchantPair.privateKey)]))
  expect(texts).toHaveLength(4)
})

describe('5: an encrypted answer', () => {
  const encryptKey = Buffer.from('aa4BtZ4tspm2wnXLb1ThQA==', 'base64')
  // The text "test1234567" under that key, from the published vectors: not JSON, so only its extraction can succeed.
  const content = '"ILpoMowjIQjfYMR847rnFQ=="'
  test.each([
    ['verified with its quotes, read without', content, 'unknown'],
    ['not verified without its quotes', content.slice(1, -1), 'untrusted'],
  ])('%s', async (_, signed, code) => {
    const answer = signAnswer('alipay_trade_query_response', signed).replace(`:${signed},`, `:${content},`)
    await using gateway = await startGateway(() => ({ body: answer }))
    const result = await queryTrade(clientFor({ gatewayUrl: gateway.url, encryptKey }), attempt)
    expect(result).toMatchObject({ ok: false, error: { code } })
  })
})

test('6: an address put into HTML, &timestamp and all, comes back as it was signed', () => {
  const url = browserUrl(
    client.access,
    'alipay.trade.page.pay',
    { subject: 'a&timestamp=1&copy=2' },
    {
      notifyUrl: client.notifyUrl,
    },
  )
  const html = `<a href="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`
  const [, attribute = ''] = /href="([^"]*)"/.exec(html) ?? []
  const read = new URL(attribute.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
  expect(holds([...read.searchParams])).toBe(true)
  // Even unescaped in a text, the name that HTML would eat comes first and has no & before it.
  expect(url).toContain('gateway.do?timestamp=')
  expect(url).not.toMatch(/[<>"']/)
})

test('7: blanks that copying leaves behind are trimmed, and what is not a number is refused', () => {
  expect(open({ ALIPAY_APP_ID: `\ufeff${APP_ID}\n` })?.name).toBe('alipay')
  expect(open({ ALIPAY_APP_ID: `${APP_ID}\u00a0\u200b` })?.name).toBe('alipay')
  const padded = pem(merchantPair.privateKey, 'pkcs8').replaceAll('\n', '\u00a0\r\n ')
  expect(open({ ALIPAY_PRIVATE_KEY: `\ufeff${padded}\u200b` })?.name).toBe('alipay')
  expect(open({ ALIPAY_PRIVATE_KEY: pem(merchantPair.privateKey, 'pkcs8').replaceAll('\n', '\\n') })?.name).toBe(
    'alipay',
  )
  expect(() => open({ ALIPAY_APP_ID: `${APP_ID.slice(0, 8)} ${APP_ID.slice(8)}` })).toThrow(
    /ALIPAY_APP_ID is not right/,
  )
})

test('8: the content is sent as it was given, key by key', () => {
  const content = { out_trade_no: 'A1', goodsDetail: [{ goodsId: 'X_1', Price_Yuan: '1.00' }], empty: '' }
  const sent = new Map(signRequest(client.access, 'alipay.trade.precreate', content))
  expect(sent.get('biz_content')).toBe(JSON.stringify(content))
})

describe('9: times are those of Shanghai', () => {
  const zone = process.env['TZ']
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })
  test.each(['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati'])('on a machine in %s', async (name) => {
    process.env['TZ'] = name
    const created = await createTrade(client, pagePay)
    const query = new URL(created.ok && created.value.kind === 'redirect' ? created.value.url : '').searchParams
    expect(query.get('timestamp')).toBe('2026-11-21 17:30:00')
    expect(JSON.parse(query.get('biz_content') ?? '')).toMatchObject({ time_expire: '2026-11-22 00:10:00' })
    expect(await notify(signForm(paidNotice()))).toMatchObject({
      payment: { paidAt: new Date('2026-11-21T09:29:55Z') },
    })
  })
})

test('10: all fields that came are verified, also those that nobody knows', async () => {
  const body = signForm(paidNotice({ brand_new_field: '新 & old' }))
  expect(await notify(body)).toMatchObject({ kind: 'paid' })
  const without = Buffer.from(body.toString('latin1').replace(/&?brand_new_field=[^&]*/, ''), 'latin1')
  expect(await notify(without)).toMatchObject({ code: 'bad_signature' })
})

test('11: a refund needs its own number, and a repeat is not taken for a new refund', async () => {
  const answer = JSON.stringify({ code: '10000', msg: 'Success', out_trade_no: attempt.outTradeNo, refund_fee: '1.00' })
  await using gateway = await startGateway(() => ({ body: signAnswer('alipay_trade_refund_response', answer) }))
  const by = clientFor({ gatewayUrl: gateway.url })
  expect(await refundTrade(by, { ...refundRequest, refundNo: '' })).toMatchObject({
    error: { code: 'invalid_request' },
  })
  expect(gateway.received).toHaveLength(0)
  expect(await refundTrade(by, refundRequest)).toEqual({ ok: true, value: { state: 'pending' } })
  expect(gateway.received[0]?.all.get('biz_content')).toContain('"out_request_no":"R20261121AAAA"')
  expect(await queryRefund(by, refund)).toMatchObject({ ok: false, error: { code: 'unknown' } })
})

test('12: a notice in GBK is verified as GBK', async () => {
  const notice = paidNotice({ charset: 'GBK', subject: '青瓷茶壶 中文', body: '一二三' })
  expect(await notify(signForm(notice, { charset: 'gbk' }))).toMatchObject({ kind: 'paid' })
})

test('13: an error in GBK is a typed error', async () => {
  const error =
    '{"error_response":{"code":"40001","msg":"缺少参数","sub_code":"isv.missing-method","sub_msg":"缺少方法名"}}'
  await using gateway = await startGateway(() => ({ body: encode(error, 'gbk') }))
  expect(await queryTrade(clientFor({ gatewayUrl: gateway.url }), attempt)).toEqual({
    ok: false,
    error: { code: 'untrusted', claim: '40001 isv.missing-method 缺少方法名' },
  })
})

test('14: the charset is in the address and in the content type', async () => {
  await using gateway = await startGateway(() => ({ body: 'x' }))
  await queryTrade(clientFor({ gatewayUrl: gateway.url }), attempt)
  const [call] = gateway.received
  expect(call?.query.get('charset')).toBe('utf-8')
  expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=utf-8')
  expect([...(call?.body.keys() ?? [])]).toEqual(['biz_content'])
})

test('15: JSON inside a field is taken as it came, not escaped for HTML', async () => {
  const body = signForm(paidNotice())
  expect(await notify(body)).toMatchObject({ kind: 'paid' })
  const escaped = Buffer.from(body.toString('latin1').replaceAll('%22', '%26quot%3B'), 'latin1')
  expect(escaped).not.toEqual(body)
  expect(await notify(escaped)).toMatchObject({ code: 'bad_signature' })
})

test('16: alipay_cert_sn is no part of what was signed', async () => {
  expect(await notify(signForm(paidNotice({ alipay_cert_sn: 'a'.repeat(32) })))).toMatchObject({ kind: 'paid' })
})

describe('17: an answer is verified as it was written', () => {
  const content = `{"code":"10000","msg":"Success","out_trade_no":"${attempt.outTradeNo}","qr_code":"https:\\/\\/qr.alipay.com\\/bax"}`
  test.each([
    ['slashes escaped', (answer: string) => answer, true],
    ['printed anew', (answer: string) => JSON.stringify(JSON.parse(answer)), false],
    ['an empty sub_code added', (answer: string) => answer.replace('"msg"', '"sub_code":"","msg"'), false],
  ])('%s', async (_, change, isBelieved) => {
    await using gateway = await startGateway(() => ({
      body: change(signAnswer('alipay_trade_precreate_response', content)),
    }))
    const created = await createTrade(clientFor({ gatewayUrl: gateway.url }), { ...pagePay, scene: { kind: 'qr' } })
    expect(created).toMatchObject(
      isBelieved ? { value: { text: 'https://qr.alipay.com/bax' } } : { error: { code: 'untrusted' } },
    )
  })
})

describe('18: no signature, no belief', () => {
  const success = JSON.stringify({
    code: '10000',
    msg: 'Success',
    trade_no: '1',
    out_trade_no: attempt.outTradeNo,
    trade_status: 'TRADE_SUCCESS',
    total_amount: '268.00',
  })
  const failure = '{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"交易不存在"}'
  test.each([
    ['success without', `{"alipay_trade_query_response":${success}}`],
    ['success with an empty one', `{"alipay_trade_query_response":${success},"sign":""}`],
    ['success with null', `{"alipay_trade_query_response":${success},"sign":null}`],
    ['a failure without, which must not become “unpaid”', `{"alipay_trade_query_response":${failure}}`],
  ])('%s', async (_, body) => {
    await using gateway = await startGateway(() => ({ body }))
    expect(await queryTrade(clientFor({ gatewayUrl: gateway.url }), attempt)).toMatchObject({
      error: { code: 'untrusted' },
    })
  })
})

test('19: TRADE_FINISHED after a partial refund is the payment that we know', async () => {
  const paid = await notify(signForm(paidNotice()))
  const part = { refund_fee: '68.00', gmt_refund: '2026-11-21 18:00:00.1', out_biz_no: 'R20261121AAAA' }
  const refunded = await notify(signForm(paidNotice(part)))
  const finished = await notify(signForm(paidNotice({ ...part, trade_status: 'TRADE_FINISHED' })))
  expect([paid, refunded, finished].map((message) => 'kind' in message && message.kind)).toEqual([
    'paid',
    'refunded',
    'paid',
  ])
  expect('eventId' in finished && finished.eventId).toBe('eventId' in paid && paid.eventId)
})

test('20: in certificate mode both numbers go along, also without content', () => {
  const access = { ...client.access, certificateSns: { app: 'a'.repeat(32), root: 'b'.repeat(32) } }
  const sent = signRequest(access, 'alipay.user.info.share', null)
  expect(sent.map(([name]) => name)).toEqual(expect.arrayContaining(['app_cert_sn', 'alipay_root_cert_sn']))
  expect(sent.map(([name]) => name)).not.toContain('biz_content')
  expect(holds(sent)).toBe(true)
})

test('the acknowledgement is exactly seven bytes, and only after acceptance', () => {
  const { acknowledge } = createAlipay({ client, scenes: [], ownPublicKey: null, certificates: [] })
  expect(acknowledge('accepted')).toMatchObject({ status: 200, body: 'success' })
  for (const outcome of ['retry', 'refused'] as const) {
    expect(acknowledge(outcome).body).not.toContain('success')
    expect(acknowledge(outcome).status).toBeGreaterThanOrEqual(400)
  }
})

/** Verified with what node:crypto offers alone. */
function holds(sent: [name: string, value: string][]): boolean {
  const signature = new Map(sent).get('sign') ?? ''
  return createVerify('RSA-SHA256').update(requestText(sent)).verify(merchantPair.publicKey, signature, 'base64')
}
