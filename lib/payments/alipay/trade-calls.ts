import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import type { AttemptRef, CancelOutcome, CloseOutcome, Payment, Trade } from '../port.ts'
import { type AlipayClient, call } from './client.ts'
import { CancelAnswer, CloseAnswer, QueryAnswer } from './wire.ts'

const NOT_OPEN = new Set(['ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_STATUS_INVALID', 'ACQ.REASON_ILLEGAL_STATUS'])

/** What became of a trade. One that does not exist may still be paid: it begins when the buyer reaches the cashier. */
export async function queryTrade(client: AlipayClient, attempt: AttemptRef): Promise<Result<Trade, CallError>> {
  const content = { out_trade_no: attempt.outTradeNo }
  const answered = await call(client, 'alipay.trade.query', content, QueryAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') {
    return isNotExist(answered.value) ? ok({ state: 'not_found' }) : err(refused(answered.value))
  }
  const trade = answered.value.content
  if (trade.out_trade_no !== attempt.outTradeNo) return err(otherTrade)
  const payment = () => paymentOf(trade, trade.send_pay_date ?? client.access.clock())
  switch (trade.trade_status) {
    case 'WAIT_BUYER_PAY':
      return ok({ state: 'unpaid' })
    case 'TRADE_CLOSED':
      return ok({ state: 'closed', payment: trade.send_pay_date ? payment() : null })
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return ok({ state: 'paid', payment: payment() })
  }
}

/** Only an unpaid trade closes. After `not_found` the page or the code in the buyer's hands may still work. */
export async function closeTrade(client: AlipayClient, attempt: AttemptRef): Promise<Result<CloseOutcome, CallError>> {
  const content = { out_trade_no: attempt.outTradeNo }
  const answered = await call(client, 'alipay.trade.close', content, CloseAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'success') {
    const { out_trade_no: about = attempt.outTradeNo } = answered.value.content
    return about === attempt.outTradeNo ? ok('closed') : err(otherTrade)
  }
  if (isNotExist(answered.value)) return ok('not_found')
  return NOT_OPEN.has(answered.value.subCode) ? ok('not_open') : err(refused(answered.value))
}

/** For outcomes that cannot be learned: closes an unpaid trade, gives a paid one back whole. */
export async function cancelTrade(
  client: AlipayClient,
  attempt: AttemptRef,
): Promise<Result<CancelOutcome, CallError>> {
  const content = { out_trade_no: attempt.outTradeNo }
  const answered = await call(client, 'alipay.trade.cancel', content, CancelAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') return err(refused(answered.value))
  const { action, retry_flag: retry, out_trade_no: about = attempt.outTradeNo } = answered.value.content
  if (about !== attempt.outTradeNo) return err(otherTrade)
  if (retry === 'Y') return ok('again')
  if (action === undefined) return ok('nothing_to_do')
  return ok(action === 'close' ? 'closed' : 'refunded')
}

const paymentOf = (trade: QueryAnswer, paidAt: Date): Payment => ({
  eventId: paidEventId(trade.trade_no),
  providerTradeNo: trade.trade_no,
  amount: trade.total_amount,
  currency: trade.trans_currency,
  paidAt,
  refundable: trade.trade_status === 'TRADE_SUCCESS',
})

/** The same for a notification and for a query, so that money is booked once however we learn of it. */
export const paidEventId = (tradeNo: string): string => `paid:${tradeNo}`

type Refusal = { readonly subCode: string; readonly message: string }

const isNotExist = ({ subCode }: Refusal): boolean => subCode === 'ACQ.TRADE_NOT_EXIST'

/** A genuine answer to another question, sent again. */
export const otherTrade = { code: 'untrusted', claim: 'the answer is about another trade' } as const

export const refused = ({ subCode, message }: Refusal): CallError => ({
  code: 'refused',
  providerCode: subCode,
  message,
})
