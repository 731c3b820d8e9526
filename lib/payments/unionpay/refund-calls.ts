import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { MERCHANT_NUMBER, type RefundRef, type RefundRequest, type RefundState } from '../port.ts'
import type { UnionpayClient } from './client.ts'
import { type Answer, callGateway } from './gateway.ts'
import { parseYearlessTime, settlementDay, toTxnTime } from './times.ts'
import { hasFailed, queryOrder, refusalOf } from './trade-calls.ts'
import { CANCEL_TYPE, DUPLICATE, type QueryAnswer, REFUND_TYPE, SUCCESS_CODES } from './wire.ts'

const BACK_PATH = '/gateway/api/backTransReq.do'

/** A cancel is an order of its own with its own number, so that the refund after a refused one is no duplicate. */
const CANCEL_SUFFIX = 'C'
const cancelNumber = (refundNo: string): string => `${refundNo}${CANCEL_SUFFIX}`
/** The number that we gave, from the one that UnionPay tells about. */
export const refundNumber = (orderId: string, txnType: string): string =>
  txnType === CANCEL_TYPE && orderId.endsWith(CANCEL_SUFFIX) ? orderId.slice(0, -1) : orderId

/**
 * Gives money back. The whole payment on its own settlement day is cancelled, which costs nothing and arrives at once;
 * anything else, and a cancel that UnionPay refuses, is a refund. Success only says that the order was accepted.
 */
export async function refundTrade(
  client: UnionpayClient,
  request: RefundRequest,
): Promise<Result<RefundState, CallError>> {
  const reason = whyNotSendable(request)
  if (reason !== null) return err({ code: 'invalid_request', reason })
  const isWhole = request.amount === request.paidAmount
  const isSameDay = settlementDay(request.paidAt) === settlementDay(request.requestedAt)
  const cancelled = isWhole && isSameDay ? await cancelWhole(client, request) : null
  return cancelled ?? sendBack(client, request, REFUND_TYPE)
}

/** Null when no cancel has happened and none is on its way, so that a refund has to do it. */
async function cancelWhole(
  client: UnionpayClient,
  request: RefundRequest,
): Promise<Result<RefundState, CallError> | null> {
  const sent = await sendBack(client, request, CANCEL_TYPE)
  if (sent.ok) return sent.value.state === 'failed' ? null : sent
  if (sent.error.code !== 'refused') return sent
  // A repeat after 23:00 is refused although the first was taken: its own fate decides.
  const known = await queryBack(client, { orderId: cancelNumber(request.refundNo), at: request.requestedAt })
  return known.ok && (known.value.state === 'not_found' || known.value.state === 'failed') ? null : known
}

/** Asks for the refund, then for the cancel that may have gone before it. */
export async function queryRefund(client: UnionpayClient, refund: RefundRef): Promise<Result<RefundState, CallError>> {
  const refunded = await queryBack(client, { orderId: refund.refundNo, at: refund.requestedAt })
  if (!refunded.ok || refunded.value.state !== 'not_found') return refunded
  const cancelled = await queryBack(client, { orderId: cancelNumber(refund.refundNo), at: refund.requestedAt })
  // After a cancel that failed the same number goes out again, as a refund.
  return cancelled.ok && cancelled.value.state === 'failed' ? ok({ state: 'not_found' }) : cancelled
}

async function sendBack(
  client: UnionpayClient,
  request: RefundRequest,
  txnType: typeof CANCEL_TYPE | typeof REFUND_TYPE,
): Promise<Result<RefundState, CallError>> {
  const orderId = txnType === CANCEL_TYPE ? cancelNumber(request.refundNo) : request.refundNo
  const answered = await callGateway(client, `${client.gatewayUrl}${BACK_PATH}`, {
    txnType,
    txnSubType: '00',
    bizType: '000201',
    channelType: '07',
    orderId,
    txnTime: toTxnTime(request.requestedAt),
    origQryId: request.providerTradeNo,
    txnAmt: String(request.amount),
    currencyCode: '156',
    backUrl: client.notifyUrl,
    // Comes back with the notification, which names only the refund.
    reqReserved: request.outTradeNo,
  })
  if (!answered.ok) return answered
  if (answered.value.respCode === DUPLICATE) return queryBack(client, { orderId, at: request.requestedAt })
  return isAccepted(answered.value) ? ok({ state: 'pending' }) : err(refusalOf(answered.value))
}

const isAccepted = ({ respCode }: Answer): boolean => SUCCESS_CODES.has(respCode)

async function queryBack(
  client: UnionpayClient,
  order: { orderId: string; at: Date },
): Promise<Result<RefundState, CallError>> {
  const answered = await queryOrder(client, order)
  if (!answered.ok) return answered
  return ok(answered.value === null ? { state: 'not_found' } : stateOf(answered.value, client.clock()))
}

function stateOf({ origRespCode, traceTime }: QueryAnswer, now: Date): RefundState {
  if (SUCCESS_CODES.has(origRespCode)) return { state: 'done', refundedAt: parseYearlessTime(traceTime ?? '', now) }
  return hasFailed(origRespCode) ? { state: 'failed', providerCode: origRespCode } : { state: 'pending' }
}

function whyNotSendable(request: RefundRequest): string | null {
  if (!MERCHANT_NUMBER.test(request.refundNo)) return 'the refund number must be 8 to 32 letters and digits'
  if (request.amount < 1n || request.amount > request.paidAmount) return 'the amount must be 0.01 to what was paid'
  return null
}
