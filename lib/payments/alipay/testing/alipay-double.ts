import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { singleKey } from '../alipay-keys.ts'
import type { AlipayClient } from '../client.ts'
import type { GatewayAccess } from '../gateway.ts'

/** Alipay's side of a conversation for tests. Signs by itself: nothing of the code under test is used for it. */
export const APP_ID = '2026112100000001'
export const SELLER_ID = '2088000000000001'
export const NOW = new Date('2026-11-21T09:30:00Z')

const newPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
export const alipayPair = newPair()
export const merchantPair = newPair()
export const strangerPair = newPair()

export function clientFor(overrides: Partial<GatewayAccess> = {}, rest: Partial<AlipayClient> = {}): AlipayClient {
  const access: GatewayAccess = {
    gatewayUrl: 'http://127.0.0.1:9/gateway.do',
    appId: APP_ID,
    privateKey: merchantPair.privateKey,
    certificateSns: null,
    encryptKey: null,
    clock: () => NOW,
    budgetMs: 1500,
    ...overrides,
  }
  const notifyUrl = 'https://shop.example/api/notify/alipay'
  return { access, keys: singleKey(alipayPair.publicKey), sellerId: SELLER_ID, notifyUrl, ...rest }
}

export type Fields = Readonly<Record<string, string>>

/** A payment notice as Alipay sends it, without signature. */
export const paidNotice = (overrides: Fields = {}): Fields => ({
  gmt_create: '2026-11-21 17:29:40',
  charset: 'utf-8',
  seller_email: 'shop@example.com',
  subject: '青瓷茶壶 100% A+B',
  buyer_id: '2088000000000099',
  invoice_amount: '268.00',
  notify_id: '2026112100222172955099990000000001',
  fund_bill_list: '[{"amount":"268.00","fundChannel":"ALIPAYACCOUNT"}]',
  notify_type: 'trade_status_sync',
  trade_status: 'TRADE_SUCCESS',
  receipt_amount: '268.00',
  buyer_pay_amount: '268.00',
  app_id: APP_ID,
  seller_id: SELLER_ID,
  gmt_payment: '2026-11-21 17:29:55',
  notify_time: '2026-11-21 17:29:56',
  version: '1.0',
  out_trade_no: 'A20261121K7M2Q9ZT',
  total_amount: '268.00',
  trade_no: '2026112122001499990500000001',
  auth_app_id: APP_ID,
  point_amount: '0.00',
  ...overrides,
})

export const signedReturn = (overrides: Fields = {}): Fields => ({
  charset: 'utf-8',
  out_trade_no: 'A20261121K7M2Q9ZT',
  method: 'alipay.trade.page.pay.return',
  total_amount: '268.00',
  trade_no: '2026112122001499990500000001',
  auth_app_id: APP_ID,
  version: '1.0',
  app_id: APP_ID,
  seller_id: SELLER_ID,
  timestamp: '2026-11-21 17:30:01',
  ...overrides,
})

type Charset = 'utf-8' | 'gbk'
type SignOptions = { key?: KeyObject; charset?: Charset; signSignType?: boolean; digest?: string }

/** Signs as Alipay does and answers the form that it would post. `sign_type` and `alipay_cert_sn` stay unsigned. */
export function signForm(fields: Fields, options: SignOptions = {}): Buffer {
  const { key = alipayPair.privateKey, charset = 'utf-8', signSignType = false, digest = 'sha256' } = options
  const all: Record<string, string> = { ...fields, sign_type: 'RSA2' }
  const names = Object.keys(all).filter((name) => name !== 'alipay_cert_sn' && (signSignType || name !== 'sign_type'))
  const text = names
    .sort()
    .map((name) => `${name}=${all[name]}`)
    .join('&')
  const signature = sign(digest, encode(text, charset), key).toString('base64')
  return encodeForm({ ...all, sign: signature }, charset)
}

export const encodeForm = (fields: Fields, charset: Charset = 'utf-8'): Buffer =>
  Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${name}=${percent(encode(value, charset))}`)
      .join('&'),
  )

const percent = (bytes: Buffer): string =>
  [...bytes.toString('latin1')]
    .map((letter) =>
      /[A-Za-z0-9_.*-]/.test(letter)
        ? letter
        : letter === ' '
          ? '+'
          : `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')

export const encode = (text: string, charset: Charset): Buffer =>
  charset === 'utf-8' ? Buffer.from(text) : Buffer.concat([...text].map((letter) => gbkBytes(letter)))

let gbk: ReadonlyMap<string, Buffer> | undefined

function gbkBytes(letter: string): Buffer {
  if (letter < '\x80') return Buffer.from(letter)
  gbk ??= readGbkTable()
  const bytes = gbk.get(letter)
  if (!bytes) throw new Error(`${letter} is not in GBK`)
  return bytes
}

/** Node can read GBK and not write it, so the table is made by reading all there is. */
function readGbkTable(): ReadonlyMap<string, Buffer> {
  const table = new Map<string, Buffer>()
  const decoder = new TextDecoder('gbk')
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const bytes = Buffer.from([high, low])
      const text = decoder.decode(bytes)
      if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes)
    }
  }
  return table
}

/** The answer of the gateway around `content`, signed over it as it stands. */
export function signAnswer(
  rootName: string,
  content: string,
  { key = alipayPair.privateKey, certSn = '' } = {},
): string {
  const signature = sign('sha256', Buffer.from(content), key).toString('base64')
  const certificate = certSn ? `"alipay_cert_sn":"${certSn}",` : ''
  return `{"${rootName}":${content},${certificate}"sign":"${signature}"}`
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
