import { languageOf } from '../cashier/language.ts'
import { readForm } from '../http/form.ts'
import { type Answer, type Incoming, plain, seeOther } from '../http/messages.ts'
import { keepRefusal, letTimePass, succeed, waitForBank } from './move-transaction.ts'
import { cashierPage } from './pages/cashier-page.ts'
import { unknownPage } from './pages/problem-page.ts'
import { returnPage } from './pages/return-page.ts'
import type { UnionpayRoom } from './room.ts'
import { type CardForm, judgeCard } from './test-cards.ts'
import { findTransaction, type Transaction } from './transactions.ts'

const CASHIER_PATH = /^\/unionpay\/([a-z0-9]{24})(?:\/(pay|return))?$/

/** `/unionpay/<token>`, what its form does, and the page that carries the buyer back; null for any other path. */
export function answerCashier(room: UnionpayRoom, incoming: Incoming): Answer | null {
  const [, token, verb] = CASHIER_PATH.exec(incoming.path) ?? []
  if (!token) return null
  letTimePass(room)
  const payment = findTransaction(room, { token })
  if (!payment) return unknownPage(incoming)
  if (verb === 'pay') return incoming.method === 'POST' ? pay(room, incoming, payment) : plain(405, 'POST')
  if (verb === 'return' && payment.status === 'succeeded') return returnPage(room, incoming, payment)
  return cashierPage(incoming, payment)
}

/** A second click finds it paid: the buyer goes on as after the first. */
function pay(room: UnionpayRoom, incoming: Incoming, payment: Transaction): Answer {
  const form = readCardForm(incoming)
  const judged = payment.status === 'open' ? judgeCard(form, payment.respCode) : null
  if (judged?.verdict === 'pays') succeed(room, payment.queryId, { cardNo: form.cardNo })
  if (judged?.verdict === 'slow') waitForBank(room, payment.queryId, form.cardNo)
  if (judged?.verdict === 'refused') keepRefusal(room, payment.queryId, judged.respCode, form.cardNo)
  const after = findTransaction(room, { queryId: payment.queryId }) ?? payment
  const language = languageOf(incoming)
  if (after.status === 'succeeded') return seeOther(`/unionpay/${payment.token}/return?lang=${language}`)
  const tried =
    judged?.verdict === 'refused' ? `&card=${encodeURIComponent(form.cardNo)}&refused=${judged.respCode}` : ''
  return seeOther(`/unionpay/${payment.token}?lang=${language}${tried}`)
}

function readCardForm({ body }: Incoming): CardForm {
  const fields = new Map(readForm(body).map(({ name, value }) => [name.toString(), value.toString()]))
  const digits = (name: string) => (fields.get(name) ?? '').replaceAll(/[\s-]/g, '').slice(0, 19)
  return { cardNo: digits('card'), phone: digits('phone'), code: digits('code') }
}
