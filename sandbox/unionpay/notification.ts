import { constants, publicEncrypt } from 'node:crypto'
import type { UnionpayRoom } from './room.ts'
import { findTransaction, type Transaction } from './transactions.ts'
import { compactTime } from './txn-time.ts'

/** A message before it is signed, as pairs of name and value. */
export type NotificationPayload = readonly (readonly [name: string, value: string])[]

/** Queues what the merchant must be told of a transaction that succeeded. */
export function notifyOf(room: UnionpayRoom, transaction: Transaction): void {
  const payment = transaction.origQueryId === null ? null : findTransaction(room, { queryId: transaction.origQueryId })
  const payload: NotificationPayload = [...resultFields(room, transaction)]
  room.notifications.add({
    id: `${compactTime(room.clock.now())}${room.ids.digits(10)}`,
    gateway: 'unionpay',
    // Faults are ordered for an order: what is told of its refunds counts as told of it.
    target: (payment ?? transaction).orderId,
    url: transaction.terms.backUrl,
    payload: JSON.stringify(payload),
  })
}

/** What notification and front return say of a transaction that succeeded. */
export function resultFields(room: UnionpayRoom, transaction: Transaction): Map<string, string> {
  const { terms, txnTime } = transaction
  const fields: [string, string | null][] = [
    ['accNo', transaction.cardNo === null ? null : encryptedCard(room, transaction.cardNo)],
    ['accessType', '0'],
    ['bizType', terms.bizType],
    ['currencyCode', '156'],
    ['encoding', terms.encoding],
    ['exchangeRate', '0'],
    ['merId', room.merchant.merId],
    ['orderId', transaction.orderId],
    ['origQryId', transaction.origQueryId],
    ['queryId', transaction.queryId],
    ['reqReserved', terms.reqReserved],
    ['respCode', '00'],
    ['respMsg', 'success'],
    ...settlementFields(transaction),
    ['signMethod', '01'],
    ['traceNo', transaction.traceNo],
    ['traceTime', txnTime.slice(4)],
    ['txnAmt', transaction.amount.toString()],
    ['txnSubType', terms.txnSubType],
    ['txnTime', txnTime],
    ['txnType', transaction.txnType],
    ['version', '5.1.0'],
  ]
  return new Map(fields.filter((field): field is [string, string] => field[1] !== null && field[1] !== ''))
}

export const settlementFields = ({ amount, settleDay }: Transaction): [string, string | null][] => [
  ['settleAmt', amount.toString()],
  ['settleCurrencyCode', '156'],
  ['settleDate', settleDay?.slice(4) ?? null],
]

/** For the merchant's eyes: RSA with its own certificate. */
export const encryptedCard = ({ keys }: UnionpayRoom, cardNo: string): string =>
  publicEncrypt({ key: keys.merchantPublicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(cardNo)).toString(
    'base64',
  )
