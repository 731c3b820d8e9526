import { err } from '../../result.ts'
import type { PaymentProvider } from '../port.ts'
import { createBuyerLogin } from './buyer-login.ts'
import { createTrade } from './create-trade.ts'
import { diagnoseWechatPay } from './diagnose.ts'
import { BILL_DAY, downloadBill, downloadFundFlow } from './download-bill.ts'
import { verifyNotification } from './notification.ts'
import { readBill, readFundFlow } from './read-bill.ts'
import { queryRefund, recallRefund, refundTrade } from './refund-calls.ts'
import type { WechatPaySettings } from './settings.ts'
import { closeTrade, queryTrade } from './trade-calls.ts'

const STATUS = { refused: 400, retry: 503 } as const
const JSON_TYPE = 'application/json; charset=utf-8'

/** WeChat Pay's API v3 behind the port. */
export function createWechatPay(settings: WechatPaySettings): PaymentProvider {
  const { client, scenes, login } = settings
  return {
    name: 'wechatpay',
    scenes,
    notificationType: 'application/json',
    create: async (request) =>
      scenes.some((scene) => scene === request.scene.kind)
        ? createTrade(client, request)
        : err({ code: 'scene_not_offered' }),
    query: (attempt) => queryTrade(client, attempt),
    close: (attempt) => closeTrade(client, attempt),
    cancel: null,
    refund: (request) => refundTrade(client, request),
    queryRefund: (refund) => queryRefund(client, refund),
    recallRefund: (refund) => recallRefund(client, refund),
    billDay: BILL_DAY,
    downloadBill: (day, path) => downloadBill(client, day, path),
    readBill: (day, path, take) => readBill(client.access.mchId, { day, path }, take),
    fundFlow: { download: (day, path) => downloadFundFlow(client, day, path), read: readFundFlow },
    verifyNotification: (message, now) => verifyNotification(client, message, now),
    // A phone's browser comes back without a word of WeChat Pay: whether it paid, only a query tells.
    verifyReturn: async () => err({ code: 'not_signed', reason: 'WeChat Pay signs no return' }),
    acknowledge: (outcome) =>
      outcome === 'accepted'
        ? { status: 204, contentType: JSON_TYPE, body: '' }
        : { status: STATUS[outcome], contentType: JSON_TYPE, body: JSON.stringify({ code: 'FAIL', message: outcome }) },
    buyerLogin: login && createBuyerLogin(login),
    diagnose: () => diagnoseWechatPay(settings),
  }
}
