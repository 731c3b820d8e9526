import { LONGEST_LAPSE_MS, lapseMs, QrOrder, readBiz } from '../biz-fields.ts'
import { refusalToStart } from '../open-trade.ts'
import { type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'
import { contextOf, readTerms } from '../terms.ts'
import { findLivingQr, keepVisit } from '../visits.ts'

/** A code to show; the trade appears when somebody scans it. The same order asked twice has the same code. */
export function precreateOrder(room: AlipayRoom, request: GatewayRequest): Outcome {
  const read = readBiz(QrOrder, request.biz)
  if ('problem' in read) return read
  const order = read.value
  const lapse = order.qr_code_timeout_express ? lapseMs(order.qr_code_timeout_express) : null
  if (lapse !== null && lapse > LONGEST_LAPSE_MS)
    return { problem: problem('ACQ.INVALID_PARAMETER', '参数无效：qr_code_timeout_express') }

  const made = readTerms(room, request, order, 'FACE_TO_FACE_PAYMENT')
  if ('problem' in made) return made
  const { terms } = made
  const refusal = refusalToStart(room, terms.outTradeNo, contextOf(terms))
  if (refusal) return { problem: refusal }

  const living = findLivingQr(room, terms.outTradeNo)
  if (living && living.context !== contextOf(terms)) return { problem: problem('ACQ.CONTEXT_INCONSISTENT') }
  const visit = living ?? keepVisit(room, 'qr', terms, lapse ?? room.settings.current().qrLifeMs)
  return { fields: { out_trade_no: terms.outTradeNo, qr_code: `${room.publicUrl}/qr/${visit.token}` } }
}
