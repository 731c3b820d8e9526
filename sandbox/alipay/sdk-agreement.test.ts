import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AlipaySdk } from 'alipay-sdk'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { serve } from '../http/serve.ts'
import { answerSandbox } from '../switchboard/answer-sandbox.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'

let sandbox: TestSandbox
let server: Server
let clients: Record<'key' | 'certificate', AlipaySdk>

beforeAll(async () => {
  // The official client formats its timestamp in the machine's zone; its users must set this.
  vi.stubEnv('TZ', 'Asia/Shanghai')
  sandbox = openTestSandbox({ time: { now: Date.now() } })
  server = await serve(0, (incoming) => answerSandbox(sandbox, incoming))
  const { port } = server.address() as AddressInfo
  const merchant = JSON.parse(readFileSync(sandbox.gateways[0]?.merchantFile ?? '', 'utf8'))
  const common = {
    appId: merchant.appId,
    privateKey: merchant.merchantPrivateKey,
    keyType: 'PKCS8' as const,
    gateway: `http://127.0.0.1:${port}/gateway.do`,
    encryptKey: merchant.encryptKey,
  }
  clients = {
    key: new AlipaySdk({ ...common, alipayPublicKey: merchant.alipayPublicKey }),
    certificate: new AlipaySdk({
      ...common,
      appCertPath: merchant.files.appCertificate,
      alipayPublicCertPath: merchant.files.alipayCertificate,
      alipayRootCertPath: merchant.files.alipayRootCertificate,
    }),
  }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await new Promise((resolve) => server.close(resolve))
  sandbox.close()
  removeTestFolders()
})

const NOTIFY_URL = 'https://shop.example/api/notify/alipay'
const SUBJECT = '青瓷茶壶 100% A+B & C=D "q" <x>'

/** Brings a signed page to the cashier, pays there, and gives back where the browser ends. */
async function payOnPage(client: AlipaySdk, outTradeNo: string, how: 'GET' | 'POST'): Promise<string> {
  const order = {
    notify_url: NOTIFY_URL,
    return_url: 'https://shop.example/pay/return?order=7',
    bizContent: {
      out_trade_no: outTradeNo,
      total_amount: '88.88',
      subject: SUBJECT,
      product_code: 'FAST_INSTANT_TRADE_PAY',
    },
  }
  const page = client.pageExecute('alipay.trade.page.pay', how, order)
  const address = how === 'GET' ? page : (/action="([^"]+)"/.exec(page)?.[1] ?? '')
  const fields = Array.from(
    page.matchAll(/name="(\w+)" value="([^"]*)"/g),
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&quot;', '"')],
  )
  const visited = await fetch(address, {
    method: how,
    redirect: 'manual',
    ...(how === 'POST' ? { body: new URLSearchParams(fields) } : {}),
  })
  const cashier = visited.headers.get('location') ?? (await visited.text())
  const shown = await sandbox.request('GET', cashier)
  expect(shown.body.toString()).toContain('88.88')
  const paid = await sandbox.request('POST', `${cashier}/pay`)
  expect(paid.status).toBe(303)
  return paid.headers['location'] ?? ''
}

describe.each(['key', 'certificate'] as const)('the official client in %s mode', (mode) => {
  test.each(['GET', 'POST'] as const)(
    'pays on a page it opens by %s, and trusts the return and the notification',
    async (how) => {
      const outTradeNo = `PAGE_${mode}_${how}`
      const client = clients[mode]
      const back = await payOnPage(client, outTradeNo, how)
      const query = new URL(back).searchParams
      expect(query.get('order')).toBe('7')
      query.delete('order')
      query.delete('alipay_cert_sn')
      expect(client.checkNotifySignV2(Object.fromEntries(query))).toBe(true)

      await sandbox.pass(0)
      const body = sandbox.sent.at(-1)?.body ?? ''
      const message = Object.fromEntries(new URLSearchParams(body))
      expect(message['trade_status']).toBe('TRADE_SUCCESS')
      expect(message['subject']).toBe(SUBJECT)
      expect('alipay_cert_sn' in message).toBe(mode === 'certificate')
      delete message['alipay_cert_sn']
      expect(client.checkNotifySignV2(message)).toBe(true)
      expect(client.checkNotifySignV2({ ...message, total_amount: '88.89' })).toBe(false)
    },
  )

  test('queries, refunds in part, and verifies each answer', async () => {
    const client = clients[mode]
    const outTradeNo = `FLOW_${mode}`
    const missing = await client.exec(
      'alipay.trade.query',
      { bizContent: { out_trade_no: outTradeNo } },
      { validateSign: true },
    )
    expect(missing['subCode']).toBe('ACQ.TRADE_NOT_EXIST')

    const created = await client.exec(
      'alipay.trade.precreate',
      { notify_url: NOTIFY_URL, bizContent: { out_trade_no: outTradeNo, total_amount: '10.00', subject: SUBJECT } },
      { validateSign: true },
    )
    expect(created['qrCode']).toMatch(/^http:\/\/127\.0\.0\.1:3220\/qr\/bax\w{24}$/)
    const scanned = await sandbox.request('GET', created['qrCode'])
    const cashier = (scanned.headers['location'] ?? '').split('?')[0]
    expect((await sandbox.request('POST', `${cashier}/pay`)).status).toBe(303)

    const paid = await client.exec(
      'alipay.trade.query',
      { bizContent: { out_trade_no: outTradeNo } },
      { validateSign: true },
    )
    expect(paid).toMatchObject({ code: '10000', tradeStatus: 'TRADE_SUCCESS', totalAmount: '10.00', subject: SUBJECT })
    const refund = await client.exec(
      'alipay.trade.refund',
      { bizContent: { out_trade_no: outTradeNo, refund_amount: '4.00', out_request_no: 'R1' } },
      { validateSign: true },
    )
    expect(refund).toMatchObject({ code: '10000', fundChange: 'Y', refundFee: '4.00' })
  })

  test('is refused when it signs with another key, and can verify the refusal', async () => {
    const wrong = new AlipaySdk({ ...clients[mode].config, privateKey: strangerKey(), keyType: 'PKCS8' })
    const answer = await wrong.exec(
      'alipay.trade.query',
      { bizContent: { out_trade_no: 'X1' } },
      { validateSign: true },
    )
    expect(answer).toMatchObject({ code: '40002', subCode: 'isv.invalid-signature' })
  })
})

test('content encrypted by the official client is read, and what the sandbox encrypts the client reads', async () => {
  const answer = await clients.key.exec('alipay.trade.query', {
    bizContent: { out_trade_no: 'AES_1' },
    needEncrypt: true,
  })
  expect(answer).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_NOT_EXIST' })
})

test('an answer that a fault signed wrongly is not believed by the official client', async () => {
  for (const kind of ['bad_signature', 'other_key']) {
    sandbox.faults.add({ gateway: 'alipay', point: 'api', kind })
    await expect(
      clients.key.exec('alipay.trade.query', { bizContent: { out_trade_no: 'X2' } }, { validateSign: true }),
    ).rejects.toThrow('验签失败')
  }
})

const strangerKey = (): string => readFileSync(`${sandbox.folder}/alipay/stranger-private-key.pem`, 'utf8')
