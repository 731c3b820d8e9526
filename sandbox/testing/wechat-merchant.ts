import { createDecipheriv, createPublicKey, createSign, createVerify, randomBytes, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Answer } from '../http/messages.ts'
import type { Said } from './test-merchant.ts'
import type { Sent, TestSandbox } from './test-sandbox.ts'

export const NOTIFY_URL = 'https://shop.example/api/notify/wechatpay'
export const OPENID = 'oSandbox0Buyer0000000000000a'

export interface Answered {
  readonly status: number
  readonly said: Said
}

/** A merchant with a signer of its own, so that the sandbox's is not asked whether the sandbox is right. */
export interface WechatMerchant {
  readonly mchid: string
  readonly appid: string
  readonly publicKeyId: string
  readonly apiV3Key: string
  /** The headers of a signed request, with some parts of the authorization replaced. */
  authorize(method: string, target: string, body: string, changes?: Record<string, string>): Record<string, string>
  /** The gateway's bytes, signed or not. */
  send(method: string, target: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Sends, checks the signature of the answer, and gives back its content. */
  call(method: string, target: string, body?: unknown): Promise<Answered>
  /** What an order needs, with some of it replaced. */
  order(outTradeNo: string, changes?: Said): Said
  /** Places a Native order and gives back the path of the page that its code leads to. */
  place(outTradeNo: string, changes?: Said): Promise<string>
  pay(outTradeNo: string, fen?: number): Promise<void>
  query(outTradeNo: string): Promise<Said>
  verifies(headers: Readonly<Record<string, string>>, body: string): boolean
  /** The content of a notification, after its signature was checked and its seal broken. */
  read(sent: Sent): Said
}

export function openWechatMerchant(sandbox: TestSandbox): WechatMerchant {
  const read = (name: string) => readFileSync(join(sandbox.folder, 'wechatpay', name), 'utf8')
  const settings = JSON.parse(read('merchant.json'))
  const serial = new X509Certificate(read('apiclient_cert.pem')).serialNumber
  const { mchid, appid, publicKeyId, apiV3Key } = settings
  const keyOf = (named: string) => {
    if (named === publicKeyId) return createPublicKey(read('pub_key.pem'))
    const pems = [1, 2, 3].flatMap((number) => {
      try {
        return [read(`platform-${number}.crt`)]
      } catch {
        return []
      }
    })
    const found = pems.map((pem) => new X509Certificate(pem)).find(({ serialNumber }) => serialNumber === named)
    if (!found) throw new Error(`unknown serial ${named}`)
    return found.publicKey
  }

  const merchant: WechatMerchant = {
    mchid,
    appid,
    publicKeyId,
    apiV3Key,
    authorize(method, target, body, changes = {}) {
      const parts: Record<string, string> = {
        mchid,
        nonce_str: randomBytes(16).toString('hex'),
        timestamp: String(Math.floor(sandbox.clock.now() / 1000)),
        serial_no: serial,
        ...changes,
      }
      const text = `${method}\n${target}\n${parts['timestamp']}\n${parts['nonce_str']}\n${body}\n`
      parts['signature'] ??= createSign('RSA-SHA256').update(text).sign(read('apiclient_key.pem'), 'base64')
      const list = Object.entries(parts).map(([name, value]) => `${name}="${value}"`)
      return {
        authorization: `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`,
        accept: 'application/json',
        'user-agent': 'test',
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
      }
    },
    send(method, target, body, headers) {
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
      return sandbox.request(method, target, text, { ...merchant.authorize(method, target, text), ...headers })
    },
    async call(method, target, body) {
      const answer = await merchant.send(method, target, body)
      const text = answer.body.toString()
      expect(merchant.verifies(answer.headers, text), text).toBe(true)
      return { status: answer.status, said: text === '' ? {} : JSON.parse(text) }
    },
    order: (outTradeNo, changes = {}) => ({
      appid,
      mchid,
      description: '青瓷茶壶',
      out_trade_no: outTradeNo,
      notify_url: NOTIFY_URL,
      amount: { total: 10_000, currency: 'CNY' },
      ...changes,
    }),
    async place(outTradeNo, changes) {
      const { status, said } = await merchant.call(
        'POST',
        '/v3/pay/transactions/native',
        merchant.order(outTradeNo, changes),
      )
      expect(status, JSON.stringify(said)).toBe(200)
      const scanned = await sandbox.request('GET', `/phone?qr=${encodeURIComponent(String(said['code_url']))}`)
      return (scanned.headers['location'] ?? '').split('?')[0] ?? ''
    },
    async pay(outTradeNo, fen = 10_000) {
      const path = await merchant.place(outTradeNo, { amount: { total: fen, currency: 'CNY' } })
      expect((await sandbox.request('POST', `${path}/pay`)).status).toBe(303)
    },
    async query(outTradeNo) {
      const target = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}?mchid=${mchid}`
      return (await merchant.call('GET', target)).said
    },
    verifies(headers, body) {
      const text = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`
      const serialNamed = headers['Wechatpay-Serial'] ?? ''
      const signature = headers['Wechatpay-Signature'] ?? ''
      return createVerify('RSA-SHA256').update(text).verify(keyOf(serialNamed), signature, 'base64')
    },
    read(sent) {
      expect(merchant.verifies(sent.headers, sent.body)).toBe(true)
      return JSON.parse(unsealText(JSON.parse(sent.body).resource, apiV3Key))
    },
  }
  return merchant
}

/** AES-256-GCM with the tag at the end. @throws when anything of it was altered */
export function unsealText(resource: Record<string, string>, apiV3Key: string): string {
  const bytes = Buffer.from(resource['ciphertext'] ?? '', 'base64')
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(resource['nonce'] ?? ''))
  decipher.setAAD(Buffer.from(resource['associated_data'] ?? ''))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString()
}
