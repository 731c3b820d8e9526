import { ok } from '../../result.ts'
import type { PaymentProvider } from '../port.ts'
import { createTrade, UNIONPAY_SCENES } from './create-trade.ts'
import { diagnoseUnionpay } from './diagnose.ts'
import { BILL_DAY, downloadBill } from './download-bill.ts'
import { verifyNotification } from './notification.ts'
import { verifyReturn } from './payment-return.ts'
import { readBill } from './read-bill.ts'
import { queryRefund, refundTrade } from './refund-calls.ts'
import type { UnionpaySettings } from './settings.ts'
import { queryTrade } from './trade-calls.ts'

/** Anything but 200 has UnionPay send again, five times at most. */
const STATUS = { accepted: 200, refused: 400, retry: 503 } as const

/** UnionPay's online gateway (ACP 5.1.0, RSA with certificates) behind the port. */
export function createUnionpay(settings: UnionpaySettings): PaymentProvider {
  const { client } = settings
  return {
    name: 'unionpay',
    scenes: UNIONPAY_SCENES,
    notificationType: 'application/x-www-form-urlencoded',
    create: async (request) => createTrade(client, request),
    query: (attempt) => queryTrade(client, attempt),
    // There is no such call: an unpaid order ends by its `payTimeout`.
    close: async () => ok('not_supported'),
    cancel: null,
    refund: (request) => refundTrade(client, request),
    queryRefund: (refund) => queryRefund(client, refund),
    recallRefund: null,
    billDay: BILL_DAY,
    downloadBill: (day, path) => downloadBill(client, day, path),
    readBill: (day, path, take) => readBill(client.merId, { day, path }, take),
    fundFlow: null,
    verifyNotification: async (message, now) => verifyNotification(client, message, now),
    verifyReturn: async (message, now) => verifyReturn(client, message, now),
    acknowledge: (outcome) => ({
      status: STATUS[outcome],
      contentType: 'text/plain; charset=utf-8',
      body: outcome === 'accepted' ? 'ok' : 'fail',
    }),
    buyerLogin: null,
    diagnose: () => diagnoseUnionpay(settings),
  }
}
