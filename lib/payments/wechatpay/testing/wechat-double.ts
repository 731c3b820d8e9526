import { createCipheriv, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { makeCertificate } from '../../testing/make-certificate.ts'
import type { LoginSettings } from '../buyer-login.ts'
import type { WechatClient } from '../client.ts'
import type { GatewayAccess } from '../gateway.ts'
import { createWechatKeys, type DownloadCertificates } from '../wechat-keys.ts'

/** WeChat Pay's side of a conversation for tests. Signs and seals by itself: nothing of the code under test is used for it. */
export const MCH_ID = '1900007291'
export const APP_ID = 'wxd678efh567hg6787'.replaceAll(/[gh]/g, 'a')
export const API_V3_KEY = Buffer.from('Comptoir-test-key-of-32-bytes-00')
export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000072912026112100'
export const NOW = new Date('2026-11-21T09:30:00Z')

const newPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
/** The key behind `PUBLIC_KEY_ID`. */
export const wechatPair = newPair()
export const merchant = makeCertificate({ name: `${MCH_ID} merchant` })
export const strangerPair = newPair()
/** Two platform certificates: one that is in use and the one that follows it. */
export const platform = makeCertificate({ name: 'Tenpay.com sign', from: '2022-01-01', to: '2027-01-01' })
export const nextPlatform = makeCertificate({ name: 'Tenpay.com sign', from: '2026-11-01', to: '2031-11-01' })

export const serialOf = ({ pem }: { readonly pem: string }): string => new X509Certificate(pem).serialNumber

export const noCertificates: DownloadCertificates = async () => ({
  ok: false,
  error: { code: 'none', reason: 'no certificates' },
})

export function clientFor(overrides: Partial<GatewayAccess> = {}, rest: Partial<WechatClient> = {}): WechatClient {
  const access: GatewayAccess = {
    hosts: ['http://127.0.0.1:9'],
    mchId: MCH_ID,
    appId: APP_ID,
    privateKey: merchant.privateKey,
    certificateSerial: serialOf(merchant),
    publicKeyId: PUBLIC_KEY_ID,
    clock: () => NOW,
    budgetMs: 1500,
    ...overrides,
  }
  const keys = createWechatKeys({ id: PUBLIC_KEY_ID, key: wechatPair.publicKey }, noCertificates)
  const notifyUrl = 'https://shop.example/api/notify/wechatpay'
  return { access, keys, apiV3Key: API_V3_KEY, formerApiV3Key: null, notifyUrl, ...rest }
}

export const loginSettings: LoginSettings = {
  appId: APP_ID,
  appSecret: 'secret-of-the-official-account',
  authorizeUrl: 'https://open.weixin.qq.com/connect/oauth2/authorize',
  openidUrl: 'http://127.0.0.1:9/sns/oauth2/access_token',
}

type Fields = Readonly<Record<string, unknown>>

/** A paid trade, as the query answers it and a notification brings it. */
export const transaction = (overrides: Fields = {}): Fields => ({
  mchid: MCH_ID,
  appid: APP_ID,
  out_trade_no: '261121K7M2Q9ZTACDE01',
  transaction_id: '4200002026112199990000000001',
  trade_type: 'NATIVE',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  bank_type: 'OTHERS',
  attach: '',
  success_time: '2026-11-21T17:29:55+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  amount: { total: 26800, payer_total: 26800, currency: 'CNY', payer_currency: 'CNY' },
  ...overrides,
})

export const refundNotice = (overrides: Fields = {}): Fields => ({
  mchid: MCH_ID,
  transaction_id: '4200002026112199990000000001',
  out_trade_no: '261121K7M2Q9ZTACDE01',
  refund_id: '50000000382026112100000000001',
  out_refund_no: 'R261121K7M2Q9ZTACDE01',
  refund_status: 'SUCCESS',
  success_time: '2026-11-21T17:29:58+08:00',
  user_received_account: '支付用户零钱',
  amount: { total: 26800, refund: 10000, payer_total: 26800, payer_refund: 10000 },
  ...overrides,
})

/** Seals a text as WeChat Pay does: AES-256-GCM, the tag behind the ciphertext. */
export function seal(
  text: string,
  { key = API_V3_KEY as Uint8Array, associatedData = 'transaction', nonce = randomNonce() } = {},
) {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(associatedData))
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    associated_data: associatedData,
    nonce,
  }
}

const randomNonce = () => randomBytes(6).toString('hex')

type NoticeOptions = { readonly key?: Uint8Array; readonly event?: string; readonly id?: string }

/** The body of a notification around `content`. */
export function noticeBody(
  content: Fields,
  { key = API_V3_KEY, event = 'TRANSACTION.SUCCESS', id }: NoticeOptions = {},
) {
  const original = event.startsWith('REFUND') ? 'refund' : 'transaction'
  return Buffer.from(
    JSON.stringify({
      id: id ?? `EV-${randomBytes(12).toString('hex')}`,
      create_time: '2026-11-21T17:29:56+08:00',
      resource_type: 'encrypt-resource',
      event_type: event,
      summary: '支付成功',
      resource: { original_type: original, ...seal(JSON.stringify(content), { key, associatedData: original }) },
    }),
  )
}

export type SignOptions = {
  readonly key?: KeyObject
  readonly serial?: string
  readonly now?: Date
  readonly nonce?: string
  readonly digest?: string
}

/** The headers that WeChat Pay signs a body with. */
export function signedHeaders(body: Uint8Array | string, options: SignOptions = {}): Record<string, string> {
  const { key = wechatPair.privateKey, serial = PUBLIC_KEY_ID, now = NOW, digest = 'sha256' } = options
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const nonce = options.nonce ?? randomBytes(16).toString('hex')
  const text = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), Buffer.from(body), Buffer.from('\n')])
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    'wechatpay-signature': sign(digest, text, key).toString('base64'),
  }
}

/** The answer of `GET /v3/certificates`. */
export const certificatesBody = (...identities: readonly { readonly pem: string }[]): string =>
  JSON.stringify({
    data: identities.map((identity) => {
      const certificate = new X509Certificate(identity.pem)
      return {
        serial_no: certificate.serialNumber,
        effective_time: certificate.validFromDate.toISOString(),
        expire_time: certificate.validToDate.toISOString(),
        encrypt_certificate: seal(identity.pem, { associatedData: 'certificate' }),
      }
    }),
  })
