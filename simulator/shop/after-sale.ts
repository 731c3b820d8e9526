import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { answerRequest } from '../../db/after-sales/answer-request.ts'
import { askRequest } from '../../db/after-sales/ask-request.ts'
import { listRequestsOf, type RequestView } from '../../db/after-sales/list-requests-of.ts'
import { receiveGoods } from '../../db/after-sales/receive-goods.ts'
import { withdrawRequest } from '../../db/after-sales/withdraw-request.ts'
import { approveProposal } from '../../db/refunds/decide-proposal.ts'
import { refundByStaff } from '../../db/refunds/refund-by-staff.ts'
import { permitFor } from '../../db/testing/permit-for.ts'
import { ZERO_FEN } from '../../lib/domain/money.ts'
import type { AfterSaleAct } from '../story/act.ts'
import { said } from './goods.ts'

/** What a shopper asks for after the sale of an order, and what staff do about it. @returns what each was told. */
export async function seeAfter(own: postgres.Sql, orderId: string, act: AfterSaleAct): Promise<string> {
  if (act.kind === 'ask') return ask(orderId, act)
  const request = (await listRequestsOf(orderId)).at(-1)
  if (!request) return 'nothing'
  switch (act.kind) {
    case 'withdraw':
      return said(await withdrawRequest(request.id, orderId))
    case 'answer':
      return answer(request.id, act)
    case 'take_in': {
      const lines = request.lines.map((line) => ({ ...line, restock: act.restock }))
      const permit = permitFor('requests.answer')
      return said(await receiveGoods(permit, { requestId: request.id, lines, ip: null }))
    }
    case 'pay_out':
      return payOut(own, orderId, request, act)
  }
}

async function ask(orderId: string, { wish, clicks }: Extract<AfterSaleAct, { kind: 'ask' }>): Promise<string> {
  const request = {
    requestId: randomUUID(),
    orderId,
    kind: wish,
    lines: [{ position: 0, quantity: 1 }],
    reason: 'other',
    words: 'simulated',
    photos: [],
  } as const
  const asked = await Promise.all(Array.from({ length: clicks }, () => askRequest(request)))
  return asked.map(said).join()
}

async function answer(
  requestId: string,
  { verdict, people }: Extract<AfterSaleAct, { kind: 'answer' }>,
): Promise<string> {
  const other = verdict === 'approved' ? 'declined' : 'approved'
  const answered = await Promise.all(
    Array.from({ length: people }, (_, person) =>
      answerRequest(permitFor('requests.answer', `desk-${person}`), {
        requestId,
        verdict: person === 0 ? verdict : other,
        answer: 'simulated',
        ip: null,
      }),
    ),
  )
  return answered.map(said).join()
}

async function payOut(
  own: postgres.Sql,
  orderId: string,
  { id: requestId, lines, kind }: RequestView,
  { people }: Extract<AfterSaleAct, { kind: 'pay_out' }>,
): Promise<string> {
  const wish = { by: 'lines', lines, shipping: ZERO_FEN, restock: kind === 'cancellation' } as const
  const refund = { requestId, orderId, wish, reason: 'simulated', ip: null }
  const paid = await Promise.all(
    Array.from({ length: people }, (_, person) =>
      refundByStaff(permitFor('refunds.request', `till-${person}`), refund),
    ),
  )
  const proposed = await own<{ id: string }[]>`
    select id from refund_proposals where request_id = ${requestId} and decision is null`
  const second = permitFor('refunds.approve', 'second')
  const agreed = await Promise.all(
    proposed.flatMap(({ id }) => [id, id]).map((proposalId) => approveProposal(second, { proposalId, ip: null })),
  )
  return [...paid, ...agreed].map(said).join()
}
