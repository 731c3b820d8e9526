import { createPublicKey, createSign, createVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Answer } from '../http/messages.ts'
import type { TestSandbox } from './test-sandbox.ts'

export const NOTIFY_URL = 'https://shop.example/api/notify/alipay'
export const RETURN_URL = 'https://shop.example/pay/return'

type Parameters = Record<string, string>
export type Said = Record<string, unknown>

/** A merchant with a signer of its own, so that the sandbox's is not asked whether the sandbox is right. */
export interface TestMerchant {
  /** The signed parameters of a call, with some replaced or (undefined) left out before signing. */
  sign(method: string, biz: unknown, changes?: Record<string, string | undefined>): Parameters
  /** Calls as a server does, checks the signature of the answer, and gives back its content. */
  call(method: string, biz: unknown, changes?: Record<string, string | undefined>): Promise<Said>
  /** The gateway's bytes, signed or not. */
  post(parameters: Parameters): Promise<Answer>
  /** A browser with a signed page order: where it is sent, or the page that refuses it. */
  visit(biz: Said, changes?: Record<string, string | undefined>): Promise<Answer>
  /** Signs an order, opens it and pays it. */
  pay(outTradeNo: string, yuan?: string): Promise<void>
  verifies(text: string | Buffer, signature: string): boolean
}

export const shanghai = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

export function openTestMerchant(sandbox: TestSandbox): TestMerchant {
  const read = (name: string) => readFileSync(join(sandbox.folder, 'alipay', name), 'utf8')
  const privateKey = read('merchant-private-key.pem')
  const gatewayKey = createPublicKey(read('alipay-public-key.pem'))
  const { appId } = JSON.parse(read('merchant.json'))
  const verifies = (text: string | Buffer, signature: string) =>
    createVerify('RSA-SHA256').update(text).verify(gatewayKey, signature, 'base64')

  const merchant: TestMerchant = {
    verifies,
    sign(method, biz, changes = {}) {
      const all = Object.entries({
        app_id: appId,
        method,
        format: 'JSON',
        charset: 'utf-8',
        sign_type: 'RSA2',
        timestamp: shanghai(sandbox.clock.now()),
        version: '1.0',
        notify_url: NOTIFY_URL,
        biz_content: typeof biz === 'string' ? biz : JSON.stringify(biz),
        ...changes,
      }).filter((entry): entry is [string, string] => entry[1] !== undefined)
      const text = all
        .filter(([, value]) => value !== '')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map((pair) => pair.join('='))
        .join('&')
      return { ...Object.fromEntries(all), sign: createSign('RSA-SHA256').update(text).sign(privateKey, 'base64') }
    },
    post: ({ biz_content, ...common }) =>
      sandbox.request(
        'POST',
        `/gateway.do?${new URLSearchParams(common)}`,
        new URLSearchParams({ biz_content: biz_content ?? '' }).toString(),
        {
          'content-type': 'application/x-www-form-urlencoded',
        },
      ),
    async call(method, biz, changes) {
      const { body } = await merchant.post(merchant.sign(method, biz, changes))
      const root = `${method.replaceAll('.', '_')}_response`
      const [, content = '', signature = ''] =
        new RegExp(`^{"${root}":(.*),"sign":"([^"]+)"}$`).exec(body.toString()) ?? []
      expect(verifies(content, signature), body.toString()).toBe(true)
      return JSON.parse(content)
    },
    async visit(biz, changes) {
      const order = { total_amount: '100.00', subject: 'Teapot', product_code: 'FAST_INSTANT_TRADE_PAY', ...biz }
      const signed = merchant.sign('alipay.trade.page.pay', order, { return_url: RETURN_URL, ...changes })
      return sandbox.request('GET', `/gateway.do?${new URLSearchParams(signed)}`)
    },
    async pay(outTradeNo, yuan = '100.00') {
      const { headers } = await merchant.visit({ out_trade_no: outTradeNo, total_amount: yuan })
      expect((await sandbox.request('POST', `${headers['location']}/pay`)).status).toBe(303)
    },
  }
  return merchant
}
