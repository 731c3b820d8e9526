import type { Struck } from '../faults/fault-rules.ts'
import { askFundFlowBill, askTradeBill, DOWNLOAD_PATH, downloadBill } from './methods/bills.ts'
import { closeOrder } from './methods/close-order.ts'
import { createH5Order, createJsapiOrder, createNativeOrder } from './methods/create-order.ts'
import { listCertificates } from './methods/list-certificates.ts'
import { queryOrder } from './methods/query-order.ts'
import { refundOutcome, requestRefund } from './methods/request-refund.ts'
import { retryAbnormalRefund } from './methods/retry-abnormal-refund.ts'
import type { Outcome } from './problems.ts'
import type { GatewayRequest } from './read-request.ts'
import { findRefund } from './refunds.ts'
import type { WechatPayRoom } from './room.ts'
import { findTrade } from './trades.ts'

/** One call of the protocol. Its name is ours, for faults and the log. */
export interface Route {
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** At most one part of the path varies. */
  readonly path: RegExp
  run(room: WechatPayRoom, request: GatewayRequest, part: string, struck: Struck): Outcome
  /** The merchant's number of the order that it is about. */
  targetOf(room: WechatPayRoom, request: GatewayRequest, part: string): string | null
}

const TRANSACTIONS = '/v3/pay/transactions'
const REFUNDS = '/v3/refund/domestic/refunds'
const inBody = (_room: WechatPayRoom, { body }: GatewayRequest) => stringAt(body, 'out_trade_no')
const inPath = (_room: WechatPayRoom, _request: GatewayRequest, part: string) => part
const nowhere = () => null
const ofTransaction = (room: WechatPayRoom, transactionId: string | null) =>
  transactionId === null ? null : (findTrade(room, { transactionId })?.outTradeNo ?? null)
const ofRefundOrder = (room: WechatPayRoom, { body }: GatewayRequest) =>
  stringAt(body, 'out_trade_no') ?? ofTransaction(room, stringAt(body, 'transaction_id'))

export const ROUTES: readonly Route[] = [
  route('native', 'POST', `${TRANSACTIONS}/native`, createNativeOrder, inBody),
  route('h5', 'POST', `${TRANSACTIONS}/h5`, createH5Order, inBody),
  route('jsapi', 'POST', `${TRANSACTIONS}/jsapi`, createJsapiOrder, inBody),
  route(
    'query',
    'GET',
    `${TRANSACTIONS}/out-trade-no/([^/]+)`,
    (room, request, outTradeNo) => queryOrder(room, request, { outTradeNo }),
    inPath,
  ),
  route(
    'query-by-id',
    'GET',
    `${TRANSACTIONS}/id/([^/]+)`,
    (room, request, transactionId) => queryOrder(room, request, { transactionId }),
    (room, _request, transactionId) => ofTransaction(room, transactionId),
  ),
  route('close', 'POST', `${TRANSACTIONS}/out-trade-no/([^/]+)/close`, closeOrder, inPath),
  route(
    'refund',
    'POST',
    REFUNDS,
    (room, request, _part, struck) => requestRefund(room, request, struck),
    ofRefundOrder,
  ),
  route(
    'query-refund',
    'GET',
    `${REFUNDS}/([^/]+)`,
    (room, _request, outRefundNo) => refundOutcome(room, outRefundNo),
    (room, _request, outRefundNo) => findRefund(room, { outRefundNo })?.outTradeNo ?? null,
  ),
  route(
    'abnormal-refund',
    'POST',
    `${REFUNDS}/([^/]+)/apply-abnormal-refund`,
    retryAbnormalRefund,
    (room, _request, refundId) => findRefund(room, { refundId })?.outTradeNo ?? null,
  ),
  route('tradebill', 'GET', '/v3/bill/tradebill', askTradeBill, nowhere),
  route('fundflowbill', 'GET', '/v3/bill/fundflowbill', askFundFlowBill, nowhere),
  route('billdownload', 'GET', DOWNLOAD_PATH, downloadBill, nowhere),
  route('certificates', 'GET', '/v3/certificates', listCertificates, nowhere),
]

function route(
  name: string,
  method: Route['method'],
  path: string,
  run: Route['run'],
  targetOf: Route['targetOf'],
): Route {
  return { name, method, path: new RegExp(`^${path}$`), run, targetOf }
}

export function findRoute(method: string, path: string): { readonly route: Route; readonly part: string } | null {
  for (const known of ROUTES) {
    const match = known.method === method ? known.path.exec(path) : null
    const part = match && decodePart(match[1] ?? '')
    if (part !== null) return { route: known, part }
  }
  return null
}

/** Null when the percent-encoding is broken. */
function decodePart(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

export function stringAt(body: unknown, field: string): string | null {
  if (typeof body !== 'object' || body === null) return null
  const value = Object.entries(body).find(([name]) => name === field)?.[1]
  return typeof value === 'string' ? value : null
}
