import { type Answer, seeOther } from '../../http/messages.ts'
import { PageOrder, readBiz, WapOrder } from '../biz-fields.ts'
import { refusalToStart } from '../open-trade.ts'
import { type Problem, problem } from '../problems.ts'
import { type GatewayRequest, isWebAddress } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'
import { contextOf, readTerms } from '../terms.ts'
import { keepVisit } from '../visits.ts'

/** The browser brings an order that the merchant has signed, and goes on to the cashier; no trade is made yet. */
export function visitCashier(
  room: AlipayRoom,
  request: GatewayRequest,
  channel: 'page' | 'wap',
): Answer | { readonly problem: Problem } {
  const read = channel === 'page' ? readBiz(PageOrder, request.biz) : readBiz(WapOrder, request.biz)
  if ('problem' in read) return read
  const order = read.value
  const quitUrl = 'quit_url' in order ? order.quit_url : undefined
  if (quitUrl && !isWebAddress(quitUrl)) return { problem: problem('ACQ.INVALID_PARAMETER', '参数无效：quit_url') }

  const made = readTerms(room, request, { ...order, quit_url: quitUrl }, order.product_code)
  if ('problem' in made) return made
  const refusal = refusalToStart(room, made.terms.outTradeNo, contextOf(made.terms))
  if (refusal) return { problem: refusal }
  const visit = keepVisit(room, channel, made.terms)
  return seeOther(`${room.publicUrl}/cashier/${visit.token}`)
}
