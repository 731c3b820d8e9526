import { createHash, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { makeCertificate, type TestIdentity } from '../../testing/make-certificate.ts'
import type { UnionpayClient } from '../client.ts'
import { createSignerTrust } from '../signer-trust.ts'

/** UnionPay's side of a conversation for tests. Signs by itself: nothing of the code under test is used for it. */
export const MER_ID = '777290058110048'
export const NOW = new Date('2026-11-21T09:30:00Z')
export const ORDER_ID = '261121K7M2Q9ZTKFCADE01'
export const QUERY_ID = '782611211730000740281'
export const UNIONPAY_NAME = '041@8310000000083040@中国银联股份有限公司@00016495'

export const root = makeCertificate({ name: 'Root of a test', isAuthority: true })
export const intermediate = makeCertificate({ name: 'Intermediate of a test', issuer: root, isAuthority: true })
export const unionpay = makeCertificate({ name: UNIONPAY_NAME, issuer: intermediate })
export const merchant = makeCertificate({ name: `041@Z1@${MER_ID}:SIGN@1`, issuer: intermediate })

export const trust = () =>
  createSignerTrust({
    roots: [new X509Certificate(root.pem)],
    intermediates: [new X509Certificate(intermediate.pem)],
    signers: ['中国银联股份有限公司'],
  })

export const clientFor = (overrides: Partial<UnionpayClient> = {}): UnionpayClient => ({
  gatewayUrl: 'http://127.0.0.1:9',
  fileUrl: 'http://127.0.0.1:9/',
  merId: MER_ID,
  privateKey: merchant.privateKey,
  certId: BigInt(`0x${new X509Certificate(merchant.pem).serialNumber}`).toString(),
  trust: trust(),
  notifyUrl: 'https://shop.example/api/notify/unionpay',
  clock: () => NOW,
  budgetMs: 1500,
  ...overrides,
})

export type Values = Readonly<Record<string, string>>

/** A payment notice as UnionPay sends it, without certificate and signature. */
export const paidNotice = (overrides: Values = {}): Values => ({
  accNo: 'ORRSXWY1kMr8UJNxGx9xKPuO0Uhm8JT8aQV3sWswJfIsj/grkjauH4soyAtiqB9XwQotZOwmUAs+pkMupUkfiQ==',
  accessType: '0',
  bizType: '000201',
  currencyCode: '156',
  encoding: 'UTF-8',
  exchangeRate: '0',
  merId: MER_ID,
  orderId: ORDER_ID,
  queryId: QUERY_ID,
  respCode: '00',
  respMsg: '成功[0000000]',
  settleAmt: '26800',
  settleCurrencyCode: '156',
  settleDate: '1121',
  signMethod: '01',
  traceNo: '067402',
  traceTime: '1121173005',
  txnAmt: '26800',
  txnSubType: '01',
  txnTime: '20261121173000',
  txnType: '01',
  version: '5.1.0',
  ...overrides,
})

type Signing = { by?: TestIdentity; key?: KeyObject; certificate?: string; lineEnd?: string }

/** The values with certificate and signature, as UnionPay adds them. */
export function signValues(
  values: Values,
  { by = unionpay, key, certificate, lineEnd = '\r\n' }: Signing = {},
): Values {
  const signPubKeyCert = certificate ?? by.pem.trim().replaceAll('\n', lineEnd)
  const all: Record<string, string> = { ...values, signPubKeyCert }
  const text = Object.keys(all)
    .filter((name) => all[name] !== '')
    .sort()
    .map((name) => `${name}=${all[name]}`)
    .join('&')
  const digest = createHash('sha256').update(text, 'utf8').digest('hex')
  return { ...all, signature: sign('sha256', Buffer.from(digest), key ?? by.privateKey).toString('base64') }
}

/** As a form travels: percent-encoded, a blank as `+`. */
export const encodeForm = (values: Values): Buffer => Buffer.from(new URLSearchParams({ ...values }).toString())

export const signForm = (values: Values, signing: Signing = {}): Buffer => encodeForm(signValues(values, signing))

/** As an answer travels: one line, nothing encoded. */
export const answerLine = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** The signed answer to what was asked: what it is about is repeated. */
export const signAnswer = (asked: ReadonlyMap<string, string>, values: Values, signing: Signing = {}): string => {
  const repeated = ['version', 'signMethod', 'encoding', 'merId', 'orderId', 'txnTime', 'txnType'].map(
    (name) => [name, asked.get(name) ?? ''] as const,
  )
  return answerLine(signValues({ ...Object.fromEntries(repeated), respMsg: '成功[0000000]', ...values }, signing))
}
