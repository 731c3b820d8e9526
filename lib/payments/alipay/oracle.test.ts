import { AlipaySdk } from 'alipay-sdk'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toFen } from '../../domain/money.ts'
import { parseFormBody } from '../form-body.ts'
import { signatureHolds } from '../rsa-sha256.ts'
import { startGateway } from '../testing/gateway-double.ts'
import { createTrade } from './create-trade.ts'
import { browserUrl, signRequest } from './gateway.ts'
import { verifyNotification } from './notification.ts'
import { requestText } from './signing.ts'
import {
  APP_ID,
  alipayPair,
  clientFor,
  merchantPair,
  NOW,
  paidNotice,
  signAnswer,
  signForm,
} from './testing/alipay-double.ts'
import { queryTrade } from './trade-calls.ts'

// Alipay's own library as a third opinion: it shares nothing with our code and nothing with the doubles.

const client = clientFor()
const body = (key: typeof merchantPair.privateKey) => key.export({ type: 'pkcs8', format: 'der' }).toString('base64')
const publicBody = (key: typeof merchantPair.publicKey) =>
  key.export({ type: 'spki', format: 'der' }).toString('base64')

/** The library writes timestamps in the zone of the machine, which is why it runs in Shanghai here. */
const zone = process.env['TZ']
beforeAll(() => {
  process.env['TZ'] = 'Asia/Shanghai'
})
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const sdkOf = (mine: typeof merchantPair, theirs: typeof merchantPair, gateway?: string) =>
  new AlipaySdk({
    appId: APP_ID,
    keyType: 'PKCS8',
    privateKey: body(mine.privateKey),
    alipayPublicKey: publicBody(theirs.publicKey),
    ...(gateway ? { gateway } : {}),
  })

const subject = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed())

describe('what we sign, the library verifies', () => {
  // As Alipay's side it holds our public key; in a request sign_type is signed, which it tries first.
  const sdk = sdkOf(alipayPair, merchantPair)

  test('requests with any text in them', () => {
    fc.assert(
      fc.property(subject, (text) => {
        const sent = Object.fromEntries(signRequest(client.access, 'alipay.trade.precreate', { subject: text }))
        expect(sdk.checkNotifySignV2(sent)).toBe(true)
        expect(sdk.checkNotifySignV2({ ...sent, app_id: '2026112100000002' })).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test.each(['page', 'wap'] as const)('the address of %s pay, read back as a browser sends it', async (kind) => {
    const scene = kind === 'page' ? { kind } : { kind, quitUrl: 'https://shop.example/zh/cart' }
    const created = await createTrade(client, {
      scene,
      outTradeNo: 'A20261121K7M2Q9ZT',
      amount: toFen(26800n),
      subject: '青瓷茶壶 100% A+B 🎁',
      startedAt: NOW,
      payBefore: new Date(NOW.getTime() + 1_800_000),
      returnUrl: 'https://shop.example/zh/return',
    })
    if (!created.ok || created.value.kind !== 'redirect') throw new Error('no address')
    const sent = Object.fromEntries(new URL(created.value.url).searchParams)
    expect(sdk.checkNotifySignV2(sent)).toBe(true)
    expect(sent).toMatchObject({ method: `alipay.trade.${kind}.pay`, return_url: 'https://shop.example/zh/return' })
  })
})

describe('what the library signs, we verify', () => {
  const sdk = sdkOf(merchantPair, alipayPair)

  test('requests with any text in them, byte for byte what we would sign', () => {
    fc.assert(
      fc.property(subject, (text) => {
        const url = new URL(
          sdk.pageExecute('alipay.trade.page.pay', 'GET', {
            bizContent: { subject: text },
            notify_url: client.notifyUrl,
          }),
        )
        const sent = [...url.searchParams]
        const signature = url.searchParams.get('sign') ?? ''
        expect(signatureHolds(Buffer.from(requestText(sent)), signature, merchantPair.publicKey)).toBe(true)

        const parsed = parseFormBody(Buffer.from(url.search.slice(1)))
        expect(parsed.ok && Buffer.from(parsed.value.get('biz_content') ?? []).toString()).toBe(
          url.searchParams.get('biz_content'),
        )
      }),
      { numRuns: 200 },
    )
  })

  test('the same content at the same second is the same text to sign', () => {
    const theirs = new URL(sdk.pageExecute('alipay.trade.page.pay', 'GET', { bizContent: { subject: '茶' } }))
      .searchParams
    const timestamp = new Date(`${theirs.get('timestamp')?.replace(' ', 'T')}+08:00`)
    const access = { ...client.access, clock: () => timestamp }
    const ours = new URL(browserUrl(access, 'alipay.trade.page.pay', { subject: '茶' }, {})).searchParams
    // The library adds its own name, and we say the format.
    theirs.delete('alipay_sdk')
    ours.delete('format')
    expect(requestText(ours)).toBe(requestText(theirs))
  })
})

describe('what arrives, both judge alike', () => {
  const sdk = sdkOf(merchantPair, alipayPair)
  const verify = (form: Uint8Array) => verifyNotification(client, { headers: new Headers(), body: form }, NOW)

  test('notices with any subject', async () => {
    await fc.assert(
      fc.asyncProperty(subject, async (text) => {
        const form = signForm(paidNotice({ subject: text }))
        const fields = Object.fromEntries(new URLSearchParams(form.toString()))
        expect(sdk.checkNotifySignV2(fields)).toBe(true)
        expect((await verify(form)).ok).toBe(true)

        const altered = Buffer.from(form.toString().replace('total_amount=268.00', 'total_amount=268.01'))
        expect(sdk.checkNotifySignV2({ ...fields, total_amount: '268.01' })).toBe(false)
        expect((await verify(altered)).ok).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test('answers of the gateway, over HTTP', async () => {
    const trade =
      '{"code":"10000","msg":"Success","trade_no":"1","out_trade_no":"A20261121K7M2Q9ZT","trade_status":"WAIT_BUYER_PAY","total_amount":"1.00","subject":"\\/ \\u9752 {\\"sign\\":\\"x\\"}"}'
    const genuine = signAnswer('alipay_trade_query_response', trade)
    await using good = await startGateway(() => ({ body: genuine }))
    await using bad = await startGateway(() => ({ body: genuine.replace('"1.00"', '"9.00"') }))
    const ask = (gateway: string) =>
      sdkOf(merchantPair, alipayPair, gateway).exec(
        'alipay.trade.query',
        { bizContent: { out_trade_no: 'A20261121K7M2Q9ZT' } },
        { validateSign: true },
      )
    const attempt = { outTradeNo: 'A20261121K7M2Q9ZT', startedAt: NOW }
    await expect(ask(good.url)).resolves.toMatchObject({ code: '10000' })
    await expect(ask(bad.url)).rejects.toThrow(/验签失败/)
    expect(await queryTrade(clientFor({ gatewayUrl: good.url }), attempt)).toMatchObject({ ok: true })
    expect(await queryTrade(clientFor({ gatewayUrl: bad.url }), attempt)).toMatchObject({
      error: { code: 'untrusted' },
    })
  })
})
