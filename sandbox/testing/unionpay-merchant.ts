import { createHash, createSign, createVerify, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Answer } from '../http/messages.ts'
import { shanghai } from './test-merchant.ts'
import type { TestSandbox } from './test-sandbox.ts'

export const BACK_URL = 'https://shop.example/api/notify/unionpay'
export const FRONT_URL = 'https://shop.example/pay/return'
export const CARDS = { pays: '6216261000000000018', refuses: '6216261000000000026', asksAgain: '6216261000000000034' }
export const SLOW_CARD = '6216261000000000042'

export type Told = Record<string, string>
type Changes = Readonly<Record<string, string | undefined>>

/** A merchant with a signer and a judge of its own, so that the sandbox's is not asked whether the sandbox is right. */
export interface UnionpayMerchant {
  readonly merId: string
  readonly certId: string
  /** The signed fields of a call, with some replaced or (undefined) left out before signing. */
  sign(fields: Changes): Told
  post(path: string, fields: Told): Promise<Answer>
  /** Calls as a server does, believes nothing but a good signature, and gives back the fields. */
  call(path: string, fields: Changes): Promise<Told>
  /** Brings a browser with a payment form. */
  visit(orderId: string, changes?: Changes): Promise<Answer>
  /** Opens the cashier of an order and fills in a card. @returns where the buyer is led */
  pay(orderId: string, changes?: Changes, card?: string): Promise<string>
  query(orderId: string, txnTime?: string): Promise<Told>
  /** Refunds (04) or cancels (31). */
  giveBack(txnType: string, orderId: string, payment: string, fen: string, changes?: Changes): Promise<Told>
  /** `good`, or why a message must not be believed. */
  judge(told: Told): string
}

export const compact = (ms: number): string => shanghai(ms).replaceAll(/\D/g, '')

/** The fields of an answer: cut at each `&` that is not inside braces, and at the first `=`. */
export const readLine = (body: string | Buffer): Told =>
  Object.fromEntries(
    (body.toString().match(/(?:\{[^}]*\}|[^&])+/g) ?? []).map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

export const cardFields = (card: string, code = '111111'): string =>
  new URLSearchParams({ card, phone: '13552535506', code }).toString()

const digestOf = (fields: Told): string =>
  createHash('sha256')
    .update(
      Object.entries(fields)
        .filter(([name, value]) => name !== 'signature' && value !== '')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map((pair) => pair.join('='))
        .join('&'),
    )
    .digest('hex')

export function openUnionpayMerchant(sandbox: TestSandbox): UnionpayMerchant {
  const settings = JSON.parse(readFileSync(`${sandbox.folder}/unionpay/merchant.json`, 'utf8'))
  const read = (name: string) => readFileSync(settings.files[name], 'utf8')
  const root = new X509Certificate(read('rootCertificate'))
  const intermediate = new X509Certificate(read('intermediateCertificate'))
  const times = new Map<string, string>()
  const now = () => compact(sandbox.clock.now())

  const merchant: UnionpayMerchant = {
    merId: settings.merId,
    certId: settings.certId,
    sign(changes) {
      const all: Changes = {
        version: '5.1.0',
        encoding: 'UTF-8',
        certId: settings.certId,
        signMethod: '01',
        accessType: '0',
        merId: settings.merId,
        txnTime: now(),
        ...changes,
      }
      const fields = Object.fromEntries(Object.entries(all).filter((field): field is [string, string] => !!field[1]))
      const signature = createSign('RSA-SHA256').update(digestOf(fields)).sign(read('merchantKey'), 'base64')
      return { ...fields, signature }
    },
    post: (path, fields) =>
      sandbox.request('POST', path, new URLSearchParams(fields).toString(), {
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      }),
    async call(path, fields) {
      const { body } = await merchant.post(path, merchant.sign(fields))
      const told = readLine(body)
      expect(merchant.judge(told), body.toString()).toBe('good')
      return told
    },
    visit(orderId, changes = {}) {
      const fields = merchant.sign({
        txnType: '01',
        txnSubType: '01',
        bizType: '000201',
        channelType: '07',
        orderId,
        txnAmt: '10000',
        currencyCode: '156',
        frontUrl: FRONT_URL,
        backUrl: BACK_URL,
        ...changes,
      })
      times.set(orderId, fields['txnTime'] ?? '')
      return merchant.post('/gateway/api/frontTransReq.do', fields)
    },
    async pay(orderId, changes, card = CARDS.pays) {
      const { headers } = await merchant.visit(orderId, changes)
      const paid = await sandbox.request('POST', `${headers['location']}/pay`, cardFields(card))
      return paid.headers['location'] ?? ''
    },
    query: (orderId, txnTime = times.get(orderId) ?? now()) =>
      merchant.call('/gateway/api/queryTrans.do', {
        txnType: '00',
        txnSubType: '00',
        bizType: '000000',
        orderId,
        txnTime,
      }),
    async giveBack(txnType, orderId, payment, fen, changes = {}) {
      const { queryId } = await merchant.query(payment)
      times.set(orderId, changes['txnTime'] ?? now())
      return merchant.call('/gateway/api/backTransReq.do', {
        txnType,
        txnSubType: '00',
        bizType: '000201',
        channelType: '07',
        orderId,
        origQryId: queryId,
        txnAmt: fen,
        currencyCode: '156',
        backUrl: BACK_URL,
        ...changes,
      })
    },
    judge(told) {
      const { version, signature = '', signPubKeyCert = '' } = told
      if (version !== '5.1.0') return 'another version'
      if (signature === '') return 'unsigned'
      const leaf = new X509Certificate(signPubKeyCert)
      const chained = leaf.verify(intermediate.publicKey) && intermediate.verify(root.publicKey)
      if (!chained) return 'another chain'
      if (Date.parse(leaf.validTo) < sandbox.clock.now()) return 'expired'
      if (Date.parse(leaf.validFrom) > sandbox.clock.now()) return 'not valid yet'
      if (/CN=([^\n]*)/.exec(leaf.subject)?.[1]?.split('@')[2] !== '中国银联股份有限公司') return 'another name'
      const good = createVerify('RSA-SHA256').update(digestOf(told)).verify(leaf.publicKey, signature, 'base64')
      return good ? 'good' : 'wrong signature'
    },
  }
  return merchant
}
