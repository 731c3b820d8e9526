import { err } from '../../result.ts'
import type { PaymentProvider } from '../port.ts'
import { createTrade } from './create-trade.ts'
import { diagnoseAlipay } from './diagnose.ts'
import { BILL_DAY, downloadBill } from './download-bill.ts'
import { verifyNotification } from './notification.ts'
import { verifyReturn } from './payment-return.ts'
import { readBill } from './read-bill.ts'
import { queryRefund, refundTrade } from './refund-calls.ts'
import type { AlipaySettings } from './settings.ts'
import { cancelTrade, closeTrade, queryTrade } from './trade-calls.ts'

/** Alipay sends again until it reads exactly this, 7 bytes. */
const SUCCESS = 'success'
const STATUS = { accepted: 200, refused: 400, retry: 503 } as const

/** Alipay's OpenAPI (gateway.do, RSA2) behind the port. */
export function createAlipay(settings: AlipaySettings): PaymentProvider {
  const { client, scenes } = settings
  return {
    name: 'alipay',
    scenes,
    notificationType: 'application/x-www-form-urlencoded',
    create: async (request) =>
      scenes.some((scene) => scene === request.scene.kind)
        ? createTrade(client, request)
        : err({ code: 'scene_not_offered' }),
    query: (attempt) => queryTrade(client, attempt),
    close: (attempt) => closeTrade(client, attempt),
    cancel: (attempt) => cancelTrade(client, attempt),
    refund: (request) => refundTrade(client, request),
    queryRefund: (refund) => queryRefund(client, refund),
    recallRefund: null,
    billDay: BILL_DAY,
    downloadBill: (day, path) => downloadBill(client, day, path),
    readBill: (day, path, take) => readBill(client.sellerId, { day, path }, take),
    fundFlow: null,
    verifyNotification: (message, now) => verifyNotification(client, message, now),
    verifyReturn: (message, now) => verifyReturn(client, message, now),
    acknowledge: (outcome) => ({
      status: STATUS[outcome],
      contentType: 'text/plain; charset=utf-8',
      body: outcome === 'accepted' ? SUCCESS : 'fail',
    }),
    buyerLogin: null,
    diagnose: () => diagnoseAlipay(settings),
  }
}
