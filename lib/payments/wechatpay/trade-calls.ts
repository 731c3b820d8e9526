import { z } from 'zod'
import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import type { AttemptRef, CloseOutcome, Payment, Trade } from '../port.ts'
import type { WechatClient } from './client.ts'
import { callGateway } from './gateway.ts'
import { ORDER_CLOSED, ORDER_NOT_EXIST, ORDER_PAID, Transaction } from './wire.ts'

/** What became of a trade, by its number at WeChat Pay where we know it and by ours otherwise. */
export async function queryTrade(
  { access, keys }: WechatClient,
  { outTradeNo, providerTradeNo }: AttemptRef,
): Promise<Result<Trade, CallError>> {
  const named = providerTradeNo
    ? `id/${encodeURIComponent(providerTradeNo)}`
    : `out-trade-no/${encodeURIComponent(outTradeNo)}`
  const path = `/v3/pay/transactions/${named}?mchid=${access.mchId}`
  const answered = await callGateway(access, keys, { method: 'GET', path }, Transaction)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') {
    const { refusalCode } = answered.value
    return ORDER_NOT_EXIST.has(refusalCode) ? ok({ state: 'not_found' }) : err(refused(answered.value))
  }
  const transaction = answered.value.content
  if (transaction.out_trade_no !== outTradeNo || transaction.mchid !== access.mchId) return err(otherTrade)
  switch (transaction.trade_state) {
    case 'NOTPAY':
    case 'USERPAYING':
    case 'PAYERROR':
      return ok({ state: 'unpaid' })
    case 'CLOSED':
    case 'REVOKED':
      return ok({ state: 'closed', payment: null })
    case 'SUCCESS':
    case 'REFUND': {
      const payment = paymentOf(transaction)
      return payment
        ? ok({ state: 'paid', payment })
        : err({ code: 'unknown', reason: 'a paid trade without number, time or amount' })
    }
  }
}

/** Only an unpaid trade closes. A payment that is under way may still arrive afterwards. */
export async function closeTrade(
  { access, keys }: WechatClient,
  { outTradeNo }: AttemptRef,
): Promise<Result<CloseOutcome, CallError>> {
  const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}/close`
  const question = { method: 'POST', path, body: { mchid: access.mchId } } as const
  const answered = await callGateway(access, keys, question, z.unknown())
  if (!answered.ok) return answered
  if (answered.value.outcome === 'success') return ok('closed')
  const { refusalCode } = answered.value
  if (ORDER_CLOSED.has(refusalCode)) return ok('closed')
  if (ORDER_NOT_EXIST.has(refusalCode)) return ok('not_found')
  return ORDER_PAID.has(refusalCode) ? ok('not_open') : err(refused(answered.value))
}

/** The money of a paid trade, also when some of it went back later. Null when the answer lacks what makes it one. */
export function paymentOf({ transaction_id: tradeNo, success_time: paidAt, amount }: Transaction): Payment | null {
  if (tradeNo === undefined || paidAt === undefined || amount?.total === undefined) return null
  return {
    eventId: paidEventId(tradeNo),
    providerTradeNo: tradeNo,
    amount: amount.total,
    currency: amount.currency,
    paidAt,
    refundable: true,
  }
}

/** The same for a notification and for a query, so that money is booked once however we learn of it. */
const paidEventId = (tradeNo: string): string => `paid:${tradeNo}`

/** A genuine answer to another question, sent again. */
export const otherTrade = { code: 'untrusted', claim: 'the answer is about another trade' } as const

export const refused = ({ refusalCode, message }: { refusalCode: string; message: string }): CallError => ({
  code: 'refused',
  providerCode: refusalCode,
  message,
})
