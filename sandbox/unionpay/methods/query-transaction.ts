import { encryptedCard, settlementFields } from '../notification.ts'
import { Question } from '../order-fields.ts'
import { type ReadRequest, readFields } from '../read-request.ts'
import { type Outcome, type RespCode, respMsg } from '../response-codes.ts'
import type { UnionpayRoom } from '../room.ts'
import { findTransaction, type Transaction } from '../transactions.ts'

/** `respCode` answers the question; what became of the transaction is `origRespCode`. */
export function queryTransaction(room: UnionpayRoom, { fields }: ReadRequest): Outcome {
  const read = readFields(Question, fields)
  if (!read.value) return read.refusal
  const transaction = findTransaction(room, { orderId: read.value.orderId, txnTime: read.value.txnTime })
  const origRespCode = transaction && outcomeOf(transaction)
  if (!transaction || !origRespCode) return { code: '34' }
  const { terms, cardNo } = transaction
  return {
    code: '00',
    fields: {
      ...(cardNo === null ? {} : { accNo: encryptedCard(room, cardNo) }),
      currencyCode: '156',
      issuerIdentifyMode: '0',
      origQryId: transaction.origQueryId ?? undefined,
      origRespCode,
      origRespMsg: respMsg(origRespCode),
      queryId: transaction.queryId,
      reqReserved: terms.reqReserved ?? undefined,
      ...(origRespCode === '00' ? Object.fromEntries(settlementFields(transaction)) : {}),
      traceNo: transaction.traceNo,
      traceTime: transaction.txnTime.slice(4),
      txnAmt: transaction.amount.toString(),
      txnSubType: terms.txnSubType,
      txnType: transaction.txnType,
    },
  }
}

/** Null while no bank was ever asked: the gateway then knows of no transaction. */
function outcomeOf({ status, respCode }: Transaction): RespCode | null {
  if (status === 'succeeded') return '00'
  return status === 'pending' ? '05' : respCode
}
