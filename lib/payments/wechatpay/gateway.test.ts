import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toFen } from '../../domain/money.ts'
import type { CreateRequest, RefundRequest, Scene } from '../port.ts'
import { createBuyerLogin } from './buyer-login.ts'
import { cleanText } from './clean-text.ts'
import { createTrade } from './create-trade.ts'
import { certificateDownload } from './download-certificates.ts'
import { queryRefund, recallRefund, refundTrade } from './refund-calls.ts'
import { startWechatGateway } from './testing/gateway-double.ts'
import {
  API_V3_KEY,
  certificatesBody,
  clientFor,
  loginSettings,
  NOW,
  nextPlatform,
  platform,
  serialOf,
  strangerPair,
  transaction,
} from './testing/wechat-double.ts'
import { closeTrade, queryTrade } from './trade-calls.ts'
import { createWechatKeys } from './wechat-keys.ts'

const attempt = { outTradeNo: '261121K7M2Q9ZTACDE01', startedAt: NOW }
const paid = JSON.stringify(transaction())
const complaint = (code: string, message = '') => JSON.stringify({ code, message })
type Script = Parameters<typeof startWechatGateway>[0]

async function query(script: Script, budgetMs = 1500) {
  await using gateway = await startWechatGateway(script)
  const answer = await queryTrade(clientFor({ hosts: [gateway.origin], budgetMs }), attempt)
  return { answer, asked: gateway.received.length }
}

describe('an answer', () => {
  test.each<[string, Script, object]>([
    ['paid', () => ({ body: paid }), { value: { state: 'paid', payment: { amount: 26800n, currency: 'CNY' } } }],
    [
      'paid, with something refunded',
      () => ({ body: JSON.stringify(transaction({ trade_state: 'REFUND' })) }),
      { value: { state: 'paid' } },
    ],
    [
      'not paid',
      () => ({ body: JSON.stringify(transaction({ trade_state: 'NOTPAY', transaction_id: undefined })) }),
      { value: { state: 'unpaid' } },
    ],
    [
      'closed',
      () => ({ body: JSON.stringify(transaction({ trade_state: 'CLOSED' })) }),
      { value: { state: 'closed', payment: null } },
    ],
    [
      'no such order, signed',
      () => ({ status: 404, body: complaint('ORDER_NOT_EXIST') }),
      { value: { state: 'not_found' } },
    ],
    [
      'the other spelling',
      () => ({ status: 404, body: complaint('ORDERNOTEXIST') }),
      { value: { state: 'not_found' } },
    ],
    [
      'no such order, not signed',
      () => ({ status: 404, body: complaint('ORDER_NOT_EXIST'), signed: false }),
      { error: { code: 'untrusted' } },
    ],
    ['not signed', () => ({ body: paid, signed: false }), { error: { code: 'untrusted' } }],
    [
      'signed by a stranger',
      () => ({ body: paid, signed: { key: strangerPair.privateKey } }),
      { error: { code: 'untrusted' } },
    ],
    [
      'too old',
      () => ({ body: paid, signed: { now: new Date(NOW.getTime() - 301_000) } }),
      { error: { code: 'untrusted' } },
    ],
    [
      'five minutes old',
      () => ({ body: paid, signed: { now: new Date(NOW.getTime() - 300_000) } }),
      { value: { state: 'paid' } },
    ],
    [
      'about another order',
      () => ({ body: JSON.stringify(transaction({ out_trade_no: 'OTHER' })) }),
      { error: { code: 'untrusted' } },
    ],
    [
      'of another merchant',
      () => ({ body: JSON.stringify(transaction({ mchid: '1' })) }),
      { error: { code: 'untrusted' } },
    ],
    [
      'paid without a number',
      () => ({ body: JSON.stringify(transaction({ transaction_id: undefined })) }),
      { error: { code: 'unknown' } },
    ],
    [
      'a state that nobody knows',
      () => ({ body: JSON.stringify(transaction({ trade_state: 'NEW' })) }),
      { error: { code: 'unknown' } },
    ],
    ['HTML', () => ({ body: '<html>' }), { error: { code: 'unknown' } }],
    [
      'a refusal, signed',
      () => ({ status: 403, body: complaint('NO_AUTH', '无权限') }),
      { error: { code: 'refused', providerCode: 'NO_AUTH' } },
    ],
    [
      'a code that nobody knows',
      () => ({ status: 400, body: complaint('SOMETHING_NEW') }),
      { error: { code: 'refused', providerCode: 'SOMETHING_NEW' } },
    ],
    [
      'our signature is wrong, not signed',
      () => ({ status: 401, body: complaint('SIGN_ERROR'), signed: false }),
      { error: { code: 'untrusted', claim: /SIGN_ERROR/ } },
    ],
    ['too often', () => ({ status: 429, body: complaint('FREQUENCY_LIMITED') }), { error: { code: 'rate_limited' } }],
    ['too often, not signed', () => ({ status: 429, body: '', signed: false }), { error: { code: 'rate_limited' } }],
    ['a server that is down', () => ({ status: 502, body: '<html>', signed: false }), { error: { code: 'unknown' } }],
    [
      'a redirect elsewhere',
      () => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } }),
      { error: { code: 'unknown' } },
    ],
    ['a line that is cut', () => ({ hangUp: true }), { error: { code: 'unknown' } }],
    ['longer than anybody needs', () => ({ body: Buffer.alloc(1_100_000, ' ') }), { error: { code: 'unknown' } }],
  ])('%s', async (_, script, expected) => {
    expect((await query(script, 400)).answer).toMatchObject(expected)
  })

  test('“system error” is asked again with the same number, a refusal is not', async () => {
    const failsOnce: Script = (_, turn) =>
      turn === 1 ? { status: 500, body: complaint('SYSTEM_ERROR'), signed: false } : { body: paid }
    expect(await query(failsOnce)).toMatchObject({ asked: 2, answer: { value: { state: 'paid' } } })
    expect(await query(() => ({ status: 403, body: complaint('NO_AUTH') }))).toMatchObject({ asked: 1 })
    expect(await query(() => ({ status: 429, body: complaint('FREQUENCY_LIMITED') }))).toMatchObject({ asked: 1 })
  })
})

describe('the other host', () => {
  test('is asked when the first one cuts the line or says nothing, and the order is the same', async () => {
    await using backup = await startWechatGateway(() => ({ body: '{"code_url":"weixin://wxpay/bizpayurl?pr=x"}' }))
    await using silent = await startWechatGateway(() => new Promise(() => undefined))
    await using cut = await startWechatGateway(() => ({ hangUp: true }))
    for (const first of [silent, cut]) {
      const client = clientFor({ hosts: [first.origin, backup.origin], budgetMs: 800 })
      expect(await createTrade(client, order({ kind: 'qr' }))).toMatchObject({ ok: true, value: { kind: 'qr' } })
      expect(first.received[0]?.text).toBe(backup.received.at(-1)?.text)
    }
  })

  test('is not needed while the first one refuses: that is an answer', async () => {
    await using backup = await startWechatGateway(() => ({ body: paid }))
    await using first = await startWechatGateway(() => ({ status: 404, body: complaint('ORDER_NOT_EXIST') }))
    await queryTrade(clientFor({ hosts: [first.origin, backup.origin] }), attempt)
    expect(backup.received).toHaveLength(0)
  })
})

const order = (scene: Scene, changes: Partial<CreateRequest> = {}): CreateRequest => ({
  ...attempt,
  scene,
  amount: toFen(26800n),
  subject: '青瓷茶壶 🍵',
  payBefore: new Date('2026-11-21T10:00:00Z'),
  returnUrl: 'https://shop.example/api/return/wechatpay',
  ...changes,
})

describe('an order', () => {
  const place = async (request: CreateRequest, script: Script) => {
    await using gateway = await startWechatGateway(script)
    const created = await createTrade(clientFor({ hosts: [gateway.origin], budgetMs: 400 }), request)
    const [received] = gateway.received
    return { created, path: received?.path, sent: received && JSON.parse(received.text) }
  }

  test('by a code: all that is documented, and nothing that is not', async () => {
    const { created, path, sent } = await place(order({ kind: 'qr' }), () => ({ body: '{"code_url":"weixin://x"}' }))
    expect(created).toEqual({
      ok: true,
      value: { kind: 'qr', text: 'weixin://x', expiresAt: new Date('2026-11-21T10:00:00Z') },
    })
    expect(path).toBe('/v3/pay/transactions/native')
    expect(sent).toEqual({
      appid: clientFor().access.appId,
      mchid: '1900007291',
      description: '青瓷茶壶',
      out_trade_no: attempt.outTradeNo,
      time_expire: '2026-11-21T18:00:00+08:00',
      notify_url: 'https://shop.example/api/notify/wechatpay',
      amount: { total: 26800, currency: 'CNY' },
    })
  })

  test('on a phone: with the payer’s address, back to our own, for five minutes', async () => {
    const h5Url = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=1'
    const { created, path, sent } = await place(order({ kind: 'h5', payerIp: '203.0.113.7' }), () => ({
      body: JSON.stringify({ h5_url: h5Url }),
    }))
    expect(path).toBe('/v3/pay/transactions/h5')
    expect(sent.scene_info).toEqual({ payer_client_ip: '203.0.113.7', h5_info: { type: 'Wap' } })
    const back = 'https%3A%2F%2Fshop.example%2Fapi%2Freturn%2Fwechatpay'
    expect(created).toEqual({
      ok: true,
      value: { kind: 'redirect', url: `${h5Url}&redirect_url=${back}`, expiresAt: new Date('2026-11-21T09:35:00Z') },
    })
  })

  test('inside WeChat: for the one who logged in', async () => {
    const { sent, path } = await place(order({ kind: 'jsapi', openid: 'o-1' }), () => ({ body: '{"prepay_id":"wx1"}' }))
    expect(path).toBe('/v3/pay/transactions/jsapi')
    expect(sent.payer).toEqual({ openid: 'o-1' })
  })

  test.each([
    ['ORDER_PAID', '', 'already_paid'],
    ['ORDERPAID', '', 'already_paid'],
    ['INVALID_REQUEST', '该订单已支付', 'already_paid'],
    ['ORDER_CLOSED', '', 'already_closed'],
    ['OUT_TRADE_NO_USED', '商户订单号重复', 'number_taken'],
    ['INVALID_REQUEST', '请求重入时，参数与首次请求不一致', 'number_taken'],
    ['PARAM_ERROR', '', 'refused'],
    ['NO_AUTH', '', 'refused'],
    ['SYSTEM_ERROR', '', 'unknown'],
  ])('refused with %s %s', async (code, message, expected) => {
    const { created } = await place(order({ kind: 'qr' }), () => ({ status: 403, body: complaint(code, message) }))
    expect(created).toMatchObject({ ok: false, error: { code: expected } })
  })

  test.each<[string, Partial<CreateRequest>]>([
    ['a number with a hyphen', { outTradeNo: 'a-bcdefgh' }],
    ['no amount', { amount: toFen(0n) }],
    ['a subject of emoji only', { subject: '🍵🍵' }],
    ['no time left', { payBefore: NOW }],
  ])('with %s is not sent', async (_, changes) => {
    const { created, path } = await place(order({ kind: 'qr' }, changes), () => ({}))
    expect(created).toMatchObject({ error: { code: 'invalid_request' } })
    expect(path).toBeUndefined()
  })

  test('descriptions lose what takes four bytes, and end at 127 bytes with no letter cut in two', () => {
    expect(cleanText(' a\u0000b 🍵 c\ud800 ', 127)).toBe('a b c')
    expect(Buffer.byteLength(cleanText('茶'.repeat(100), 127))).toBe(126)
  })
})

test.each([
  [{ status: 204 }, { ok: true, value: 'closed' }],
  [
    { status: 204, signed: false as const },
    { ok: false, error: { code: 'untrusted' } },
  ],
  [
    { status: 400, body: complaint('ORDER_PAID') },
    { ok: true, value: 'not_open' },
  ],
  [
    { status: 404, body: complaint('ORDER_NOT_EXIST') },
    { ok: true, value: 'not_found' },
  ],
  [
    { status: 400, body: complaint('ORDER_CLOSED') },
    { ok: true, value: 'closed' },
  ],
  [
    { status: 400, body: complaint('ORDER_PAID'), signed: false as const },
    { ok: false, error: { code: 'untrusted' } },
  ],
])('a close that is answered %o', async (answer, expected) => {
  await using gateway = await startWechatGateway(() => answer)
  expect(await closeTrade(clientFor({ hosts: [gateway.origin] }), attempt)).toMatchObject(expected)
})

describe('a refund', () => {
  const request: RefundRequest = {
    ...attempt,
    refundNo: 'R261121K7M2Q9ZTACDE01',
    requestedAt: NOW,
    providerTradeNo: '4200002026112199990000000001',
    amount: toFen(10000n),
    paidAmount: toFen(26800n),
    paidAt: NOW,
    reason: 'Une tasse est cassée 🍵',
  }
  const refund = (status: string, changes: object = {}) =>
    JSON.stringify({
      refund_id: '50000000382026112100000000001',
      out_refund_no: request.refundNo,
      out_trade_no: request.outTradeNo,
      transaction_id: request.providerTradeNo,
      channel: 'ORIGINAL',
      status,
      amount: { total: 26800, refund: 10000 },
      ...(status === 'SUCCESS' ? { success_time: '2026-11-21T17:29:58+08:00' } : {}),
      ...changes,
    })

  test.each([
    ['PROCESSING', { state: 'pending' }],
    ['SUCCESS', { state: 'done', refundedAt: new Date('2026-11-21T09:29:58Z') }],
    ['CLOSED', { state: 'failed', providerCode: 'CLOSED' }],
    ['ABNORMAL', { state: 'abnormal', providerCode: 'ABNORMAL' }],
  ])('that is %s', async (status, value) => {
    await using gateway = await startWechatGateway(() => ({ body: refund(status) }))
    const client = clientFor({ hosts: [gateway.origin] })
    expect(await refundTrade(client, request)).toEqual({ ok: true, value })
    expect(await queryRefund(client, request)).toEqual({ ok: true, value })
    expect(JSON.parse(gateway.received[0]?.text ?? '')).toEqual({
      transaction_id: request.providerTradeNo,
      out_refund_no: request.refundNo,
      reason: 'Une tasse est cassée',
      notify_url: client.notifyUrl,
      amount: { refund: 10000, total: 26800, currency: 'CNY' },
    })
    expect(gateway.received[1]?.target).toBe(`/v3/refund/domestic/refunds/${request.refundNo}`)
  })

  test('of another amount, or of another order, is no answer to ours', async () => {
    for (const changes of [
      { amount: { total: 26800, refund: 1 } },
      { out_trade_no: 'OTHER' },
      { out_refund_no: 'OTHER' },
    ]) {
      await using gateway = await startWechatGateway(() => ({ body: refund('SUCCESS', changes) }))
      const answer = await refundTrade(clientFor({ hosts: [gateway.origin] }), request)
      expect(answer).toMatchObject({ error: { code: 'untrusted' } })
    }
  })

  test('that nobody heard of may be sent again; one that was refused keeps its code', async () => {
    await using none = await startWechatGateway(() => ({ status: 404, body: complaint('RESOURCE_NOT_EXISTS') }))
    expect(await queryRefund(clientFor({ hosts: [none.origin] }), request)).toEqual({
      ok: true,
      value: { state: 'not_found' },
    })
    await using poor = await startWechatGateway(() => ({ status: 403, body: complaint('NOT_ENOUGH') }))
    const refused = await refundTrade(clientFor({ hosts: [poor.origin] }), request)
    expect(refused).toMatchObject({ error: { code: 'refused', providerCode: 'NOT_ENOUGH' } })
  })

  test('that stuck is called back to our own account by its number at WeChat Pay', async () => {
    await using gateway = await startWechatGateway(({ method }) => ({
      body: refund(method === 'GET' ? 'ABNORMAL' : 'PROCESSING'),
    }))
    const recalled = await recallRefund(clientFor({ hosts: [gateway.origin] }), request)
    expect(recalled).toEqual({ ok: true, value: { state: 'pending' } })
    expect(gateway.received[1]?.target).toBe(
      '/v3/refund/domestic/refunds/50000000382026112100000000001/apply-abnormal-refund',
    )
    expect(JSON.parse(gateway.received[1]?.text ?? '')).toEqual({
      out_refund_no: request.refundNo,
      type: 'MERCHANT_BANK_CARD',
    })
  })
})

describe('platform certificates', () => {
  const signedBy = (identity: typeof platform) => ({ key: identity.privateKey, serial: serialOf(identity) })
  const keysFrom = (origin: string) => {
    const { access } = clientFor({ hosts: [origin], publicKeyId: null, budgetMs: 300 })
    return createWechatKeys(null, certificateDownload({ access, apiV3Key: API_V3_KEY, publicKey: null }))
  }
  const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)

  test('are fetched once for many messages, again for a new serial, and both hold side by side', async () => {
    let current = [platform]
    await using gateway = await startWechatGateway(() => ({
      body: certificatesBody(...current),
      signed: signedBy(current.at(-1) ?? platform),
    }))
    const keys = keysFrom(gateway.origin)
    const found = await Promise.all(Array.from({ length: 20 }, () => keys.keyFor(serialOf(platform), NOW)))
    expect(found.every(({ ok }) => ok)).toBe(true)
    expect(gateway.received).toHaveLength(1)
    current = [platform, nextPlatform]
    expect((await keys.keyFor(serialOf(nextPlatform), NOW)).ok).toBe(true)
    expect((await keys.keyFor(serialOf(platform), NOW)).ok).toBe(true)
    expect(gateway.received).toHaveLength(2)
  })

  test('are refreshed after twelve hours while the old ones go on to work, and end with their time', async () => {
    await using gateway = await startWechatGateway(() => ({
      body: certificatesBody(platform),
      signed: signedBy(platform),
    }))
    const keys = keysFrom(gateway.origin)
    await keys.keyFor(serialOf(platform), NOW)
    expect((await keys.keyFor(serialOf(platform), later(11))).ok).toBe(true)
    expect(gateway.received).toHaveLength(1)
    expect((await keys.keyFor(serialOf(platform), later(13))).ok).toBe(true)
    await expect.poll(() => gateway.received.length).toBe(2)
    const end = new Date(new X509Certificate(platform.pem).validToDate.getTime() + 1000)
    expect(await keys.keyFor(serialOf(platform), end)).toMatchObject({ ok: false, error: { code: 'unknown_serial' } })
  })

  test('cannot be asked for as a stranger pleases, and a rotation in that minute is asked to come again', async () => {
    await using gateway = await startWechatGateway(() => ({
      body: certificatesBody(platform),
      signed: signedBy(platform),
    }))
    const keys = keysFrom(gateway.origin)
    for (let serial = 0; serial < 50; serial++) await keys.keyFor(String(serial).padStart(40, 'A'), NOW)
    expect(gateway.received.length).toBeLessThanOrEqual(6)
    const rotated = await keys.keyFor(serialOf(nextPlatform), NOW)
    expect(rotated).toMatchObject({ error: { code: 'key_unavailable' } })
    expect((await keys.keyFor(serialOf(platform), NOW)).ok).toBe(true)
  })

  test.each<[string, Script]>([
    [
      'sealed for somebody else',
      () => ({ body: certificatesBody(platform).replace(/"ciphertext":"..../, '"ciphertext":"AAAA') }),
    ],
    ['under another serial', () => ({ body: certificatesBody(platform).replace(serialOf(platform), 'B'.repeat(32)) })],
    [
      'signed by somebody else',
      () => ({ body: certificatesBody(platform), signed: { ...signedBy(platform), key: strangerPair.privateKey } }),
    ],
    ['not signed', () => ({ body: certificatesBody(platform), signed: false })],
    ['as a page of HTML', () => ({ body: '<html>' })],
    ['not at all', () => ({ hangUp: true })],
  ])('that come %s are not believed', async (_, script) => {
    await using gateway = await startWechatGateway((received, turn) => ({
      signed: signedBy(platform),
      ...script(received, turn),
    }))
    const key = await keysFrom(gateway.origin).keyFor(serialOf(platform), NOW)
    expect(key).toMatchObject({ ok: false, error: { code: 'key_unavailable' } })
  })
})

describe('the login', () => {
  test('leads to WeChat and back, asking the buyer nothing', () => {
    const url = createBuyerLogin(loginSettings).url({
      returnUrl: 'https://shop.example/api/login/wechatpay',
      state: 'abc',
    })
    expect(url).toBe(
      `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${loginSettings.appId}&redirect_uri=https%3A%2F%2Fshop.example%2Fapi%2Flogin%2Fwechatpay&response_type=code&scope=snsapi_base&state=abc#wechat_redirect`,
    )
  })

  test.each([
    ['{"openid":"o-1","access_token":"x"}', 200, { ok: true, value: 'o-1' }],
    ['{"errcode":40029,"errmsg":"invalid code"}', 200, { error: { code: 'refused', providerCode: '40029' } }],
    ['{"errcode":-1,"errmsg":"system busy"}', 200, { error: { code: 'unknown' } }],
    ['{}', 200, { error: { code: 'unknown' } }],
    ['<html>', 502, { error: { code: 'unknown' } }],
  ])('answers %s', async (body, status, expected) => {
    await using gateway = await startWechatGateway(() => ({ body, status, signed: false }))
    const login = createBuyerLogin({ ...loginSettings, openidUrl: `${gateway.origin}/sns/oauth2/access_token` })
    expect(await login.openid('CODE-1')).toMatchObject(expected)
    expect(gateway.received[0]?.query.get('grant_type')).toBe('authorization_code')
    expect(await login.openid('a b')).toMatchObject({ error: { code: 'invalid_request' } })
    expect(gateway.received).toHaveLength(1)
  })
})
