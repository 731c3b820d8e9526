import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import type { AttemptRef, Payment, Trade } from '../port.ts'
import type { UnionpayClient } from './client.ts'
import { type Answer, callGateway } from './gateway.ts'
import { parseYearlessTime, toTxnTime } from './times.ts'
import { NO_SUCH_ORDER, QueryAnswer, SUCCESS_CODES, UNKNOWN_CODES } from './wire.ts'

const QUERY_PATH = '/gateway/api/queryTrans.do'

/** An order as UnionPay names it: payments, refunds and cancels alike. */
export type OrderName = { readonly orderId: string; readonly at: Date }

/** What UnionPay knows of one order, or null when it has not heard of it. */
export async function queryOrder(
  client: UnionpayClient,
  { orderId, at }: OrderName,
): Promise<Result<QueryAnswer | null, CallError>> {
  const answered = await callGateway(client, `${client.gatewayUrl}${QUERY_PATH}`, {
    txnType: '00',
    txnSubType: '00',
    bizType: '000000',
    orderId,
    txnTime: toTxnTime(at),
  })
  if (!answered.ok) return answered
  const { respCode, fields } = answered.value
  if (respCode === NO_SUCH_ORDER) return ok(null)
  if (!SUCCESS_CODES.has(respCode)) return err(refusalOf(answered.value))
  const found = QueryAnswer.safeParse(Object.fromEntries(fields))
  return found.success
    ? ok(found.data)
    : err({ code: 'unknown', reason: 'the answer has not the fields that it should' })
}

/**
 * What became of a payment. One that UnionPay does not know may still be paid: it begins when the buyer's browser
 * arrives there. Under way, time-out and unknown are no answer to act on.
 */
export async function queryTrade(client: UnionpayClient, attempt: AttemptRef): Promise<Result<Trade, CallError>> {
  const answered = await queryOrder(client, { orderId: attempt.outTradeNo, at: attempt.startedAt })
  if (!answered.ok) return answered
  const found = answered.value
  if (found === null || found.origRespCode === NO_SUCH_ORDER) return ok({ state: 'not_found' })
  if (SUCCESS_CODES.has(found.origRespCode)) {
    const payment = paymentOf(found, client.clock())
    return payment
      ? ok({ state: 'paid', payment })
      : err({ code: 'unknown', reason: 'the payment has no number or amount' })
  }
  return hasFailed(found.origRespCode)
    ? ok({ state: 'closed', payment: null })
    : err({ code: 'unknown', reason: `the payment is ${found.origRespCode}` })
}

/** Failed for good, or the bank or the card said no. */
const FAILED = /^(01|[67]\d)$/

/** False also for the codes that we do not know: they leave an order open. */
export const hasFailed = (origRespCode: string): boolean => FAILED.test(origRespCode)

function paymentOf(found: QueryAnswer, now: Date): Payment | null {
  const { queryId, txnAmt, currencyCode, traceTime } = found
  if (queryId === undefined || txnAmt === undefined) return null
  return {
    eventId: paidEventId(queryId),
    providerTradeNo: queryId,
    amount: txnAmt,
    currency: currencyCode,
    paidAt: parseYearlessTime(traceTime ?? '', now) ?? now,
    refundable: true,
  }
}

/** The same for a notification and for a query, so that money is booked once however we learn of it. */
export const paidEventId = (queryId: string): string => `paid:${queryId}`

/** A signed answer other than success: either its outcome is unknown, or nothing happened. */
export const refusalOf = ({ respCode, message }: Answer): CallError =>
  UNKNOWN_CODES.has(respCode)
    ? { code: 'unknown', reason: `the gateway says ${respCode} ${message}` }
    : { code: 'refused', providerCode: respCode, message }
