import { canonicalText } from '../../keys/canonical-text.ts'
import { PayOrder, refusalToBegin } from '../order-fields.ts'
import { type ReadRequest, readFields } from '../read-request.ts'
import type { Outcome } from '../response-codes.ts'
import type { UnionpayRoom } from '../room.ts'
import { findTransaction, insertTransaction, type Transaction } from '../transactions.ts'
import { parseCompactTime } from '../txn-time.ts'

/** The browser brings an order that the merchant has signed. @returns the payment at whose cashier the buyer now stands */
export function openPayment(
  room: UnionpayRoom,
  { fields }: ReadRequest,
): { readonly payment: Transaction } | { readonly refusal: Outcome } {
  const read = readFields(PayOrder, fields)
  if (!read.value) return read
  const order = read.value
  const signed = canonicalText(fields, ['signature'])
  const known = findTransaction(room, order)
  if (known && known.status === 'open' && known.terms.signed === signed && room.settings.current().reopensUnpaid)
    return { payment: known }

  const now = room.clock.now()
  const payTimeout = order.payTimeout ? parseCompactTime(order.payTimeout) : null
  const refusal = refusalToBegin(room, order)
  if (refusal) return { refusal }
  if (payTimeout !== null && payTimeout <= now) return { refusal: { code: '39', detail: 'payTimeout' } }
  return {
    payment: insertTransaction(room, {
      txnType: '01',
      orderId: order.orderId,
      txnTime: order.txnTime,
      amount: order.txnAmt,
      expiresAt: payTimeout ?? now + room.settings.current().orderLifeMs,
      terms: {
        bizType: order.bizType,
        txnSubType: order.txnSubType,
        channelType: order.channelType,
        encoding: fields.get('encoding') ?? '',
        backUrl: order.backUrl,
        frontUrl: order.frontUrl,
        frontFailUrl: order.frontFailUrl ?? null,
        reqReserved: order.reqReserved ?? null,
        subject: order.orderDesc ?? commodityOf(order.riskRateInfo ?? ''),
        signed,
      },
    }),
  }
}

/** `{commodityName=Teapot&…}` → `Teapot` */
const commodityOf = (riskRateInfo: string): string | null =>
  /[{&]commodityName=([^&}]+)/.exec(riskRateInfo)?.[1] ?? null
