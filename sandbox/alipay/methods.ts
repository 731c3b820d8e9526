import type { Answer } from '../http/messages.ts'
import { billAddress } from './methods/bill-address.ts'
import { cancelPayment } from './methods/cancel-payment.ts'
import { closePayment } from './methods/close-payment.ts'
import { downloadCertificate } from './methods/download-certificate.ts'
import { precreateOrder } from './methods/precreate-order.ts'
import { queryRefund } from './methods/query-refund.ts'
import { queryTrade } from './methods/query-trade.ts'
import { refundPayment } from './methods/refund-payment.ts'
import { visitCashier } from './methods/visit-cashier.ts'
import type { Outcome, Problem } from './problems.ts'
import type { GatewayRequest } from './read-request.ts'
import type { AlipayRoom } from './room.ts'

type ServerMethod = (room: AlipayRoom, request: GatewayRequest) => Outcome
type BrowserMethod = (room: AlipayRoom, request: GatewayRequest) => Answer | { readonly problem: Problem }

/** Asked by the merchant's server, answered with signed JSON. */
export const SERVER_METHODS: ReadonlyMap<string, ServerMethod> = new Map([
  ['alipay.trade.precreate', precreateOrder],
  ['alipay.trade.query', queryTrade],
  ['alipay.trade.close', closePayment],
  ['alipay.trade.cancel', cancelPayment],
  ['alipay.trade.refund', refundPayment],
  ['alipay.trade.fastpay.refund.query', queryRefund],
  ['alipay.data.dataservice.bill.downloadurl.query', billAddress],
  ['alipay.open.app.alipaycert.download', downloadCertificate],
])

/** Visited by the buyer's browser, answered with a page. */
export const BROWSER_METHODS: ReadonlyMap<string, BrowserMethod> = new Map<string, BrowserMethod>([
  ['alipay.trade.page.pay', (room, request) => visitCashier(room, request, 'page')],
  ['alipay.trade.wap.pay', (room, request) => visitCashier(room, request, 'wap')],
])
