import { ReturnOrder, refusalToBegin } from '../order-fields.ts'
import { type ReadRequest, readFields } from '../read-request.ts'
import type { Outcome } from '../response-codes.ts'
import type { UnionpayRoom } from '../room.ts'
import { findTransaction, insertTransaction, listReturns, returnedOf, type Transaction } from '../transactions.ts'
import { settlementDay } from '../txn-time.ts'

/** 00 means accepted: whether money went back is told later, or asked for. The same number again is 12, whatever it asks. */
const returnMoney =
  (txnType: '04' | '31', refusalOf: typeof refusalToRefund) =>
  (room: UnionpayRoom, { fields }: ReadRequest): Outcome => {
    const read = readFields(ReturnOrder, fields)
    if (!read.value) return read.refusal
    const order = read.value
    return room.book.transaction(() => {
      const early = refusalToBegin(room, order)
      if (early) return early
      const payment = findTransaction(room, { queryId: order.origQryId })
      if (payment?.txnType !== '01' || payment.status !== 'succeeded') return { code: '35' }
      const refusal = refusalOf(room, order, payment)
      if (refusal) return refusal
      const { refundTakesMs } = room.settings.current()
      const accepted = insertTransaction(room, {
        txnType,
        orderId: order.orderId,
        txnTime: order.txnTime,
        amount: order.txnAmt,
        origQueryId: payment.queryId,
        decidesAt: refundTakesMs === null ? null : room.clock.now() + room.pace.shorten(refundTakesMs),
        terms: termsOf(order, payment, fields.get('encoding') ?? ''),
      })
      return { code: '00', fields: { queryId: accepted.queryId } }
    })
  }

/** In parts, until nothing is left of it. */
function refusalToRefund(room: UnionpayRoom, order: ReturnOrder, payment: Transaction): Outcome | null {
  const returns = listReturns(room, payment.queryId)
  if (returns.some(({ txnType, status }) => txnType === '31' && status !== 'failed')) return { code: '35' }
  if (room.clock.now() - (payment.doneAt ?? 0) > room.settings.current().refundWindowMs)
    return { code: '39', detail: 'origQryId' }
  return returnedOf(returns) + order.txnAmt > payment.amount ? { code: '36', detail: 'txnAmt' } : null
}

/** The whole of it and on its own settlement day only, which ends at 23:00. */
function refusalToCancel(room: UnionpayRoom, order: ReturnOrder, payment: Transaction): Outcome | null {
  if (returnedOf(listReturns(room, payment.queryId)) > 0n) return { code: '35' }
  if (settlementDay(room.clock.now()) !== payment.settleDay) return { code: '35', detail: 'settleDate' }
  return order.txnAmt === payment.amount ? null : { code: '36', detail: 'txnAmt' }
}

const termsOf = (order: ReturnOrder, payment: Transaction, encoding: string): Transaction['terms'] => ({
  bizType: order.bizType,
  txnSubType: order.txnSubType,
  channelType: order.channelType,
  encoding,
  backUrl: order.backUrl,
  frontUrl: null,
  frontFailUrl: null,
  reqReserved: order.reqReserved ?? null,
  subject: payment.terms.subject,
  signed: '',
})

export const refundPayment = returnMoney('04', refusalToRefund)
export const cancelPayment = returnMoney('31', refusalToCancel)
