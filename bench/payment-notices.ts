import { createHash } from 'node:crypto'
import type { Capture } from '#db/payments/capture-attempt.ts'
import { toYuan } from '#lib/domain/money.ts'
import * as alipay from '#lib/payments/alipay/testing/alipay-double.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import * as unionpay from '#lib/payments/unionpay/testing/unionpay-double.ts'
import * as wechat from '#lib/payments/wechatpay/testing/wechat-double.ts'

export type Notice = { readonly headers: Readonly<Record<string, string>>; readonly body: string }
type Awaited = {
  readonly outTradeNo: string
  readonly amount: Capture['payment']['amount']
  readonly startedAt: Date
}

type NoticeMaker = {
  /** What the shop is told of this provider. */
  readonly settings: Readonly<Record<string, string>>
  /** The notice that an attempt was paid; a later one about the same is what the provider sends when it repeats. */
  readonly paid: (attempt: Awaited) => Notice
}

const NOWHERE = 'http://127.0.0.1:9'
const pkcs8 = (key: typeof wechat.merchant.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const spki = (key: typeof wechat.wechatPair.publicKey) => key.export({ type: 'spki', format: 'pem' }).toString()
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

const shanghaiSecond = (at: Date) =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)

/** UnionPay's own number of the payment: 21 digits, the same for each attempt whenever it is asked for. */
const queryIdOf = (outTradeNo: string) =>
  BigInt(`0x${createHash('sha256').update(outTradeNo).digest('hex')}`)
    .toString()
    .slice(0, 21)

/** How each provider tells of a payment, signed by the doubles that the tests use. */
export const NOTICE_MAKERS: Readonly<Record<ProviderName, NoticeMaker>> = {
  alipay: {
    settings: {
      ALIPAY_GATEWAY_URL: `${NOWHERE}/gateway.do`,
      ALIPAY_APP_ID: alipay.APP_ID,
      ALIPAY_SELLER_ID: alipay.SELLER_ID,
      ALIPAY_PRIVATE_KEY: pkcs8(alipay.merchantPair.privateKey),
      ALIPAY_PUBLIC_KEY: spki(alipay.alipayPair.publicKey),
    },
    paid: ({ outTradeNo, amount }) => {
      const fields = { out_trade_no: outTradeNo, total_amount: toYuan(amount), trade_no: `2026${outTradeNo}` }
      return { headers: FORM, body: alipay.signForm(alipay.paidNotice(fields)).toString() }
    },
  },
  wechatpay: {
    settings: {
      WECHATPAY_GATEWAY_URL: NOWHERE,
      WECHATPAY_MCH_ID: wechat.MCH_ID,
      WECHATPAY_APP_ID: wechat.APP_ID,
      WECHATPAY_API_V3_KEY: wechat.API_V3_KEY.toString(),
      WECHATPAY_PRIVATE_KEY: pkcs8(wechat.merchant.privateKey),
      WECHATPAY_CERTIFICATE: wechat.merchant.pem,
      WECHATPAY_PUBLIC_KEY: spki(wechat.wechatPair.publicKey),
      WECHATPAY_PUBLIC_KEY_ID: wechat.PUBLIC_KEY_ID,
    },
    paid: ({ outTradeNo, amount }) => {
      const total = { total: Number(amount), payer_total: Number(amount), currency: 'CNY', payer_currency: 'CNY' }
      const about = { out_trade_no: outTradeNo, transaction_id: `42${outTradeNo}`, amount: total }
      const body = wechat.noticeBody(wechat.transaction(about)).toString()
      const signed = wechat.signedHeaders(body, { now: new Date() })
      return { headers: { 'content-type': 'application/json', ...signed }, body }
    },
  },
  unionpay: {
    settings: {
      UNIONPAY_GATEWAY_URL: NOWHERE,
      UNIONPAY_MER_ID: unionpay.MER_ID,
      UNIONPAY_PRIVATE_KEY: pkcs8(unionpay.merchant.privateKey),
      UNIONPAY_CERTIFICATE: unionpay.merchant.pem,
      UNIONPAY_ROOT_CERTIFICATE: unionpay.root.pem,
      UNIONPAY_INTERMEDIATE_CERTIFICATE: unionpay.intermediate.pem,
    },
    paid: ({ outTradeNo, amount, startedAt }) => {
      const fields = { orderId: outTradeNo, txnAmt: String(amount), txnTime: shanghaiSecond(startedAt) }
      const notice = unionpay.paidNotice({
        ...fields,
        settleAmt: String(amount),
        queryId: queryIdOf(outTradeNo),
      })
      return { headers: FORM, body: unionpay.signForm(notice).toString() }
    },
  },
}
