import { z } from 'zod'
import type { TradeLine } from '../gateway-port.ts'
import { type Answer, type Incoming, json } from '../http/messages.ts'
import { readJson } from '../http/read-json.ts'
import { formatYuan } from '../money.ts'
import { shanghaiTime } from '../shanghai-time.ts'
import { expire, fail, letTimePass, payLate, succeed } from './move-transaction.ts'
import type { UnionpayRoom } from './room.ts'
import { SettingsPatch } from './settings.ts'
import { FIRST_CARD } from './test-cards.ts'
import { findTransaction, listReturns, listTransactions, returnedOf, type Transaction } from './transactions.ts'

const TRANSACTIONS_AT_MOST = 100_000

/** `/api/unionpay/…`: the book as it is, and what a buyer, a bank or time would do to a transaction. */
export function answerUnionpayApi(room: UnionpayRoom, path: string, incoming: Incoming): Answer | null {
  letTimePass(room)
  const [, orderId, verb] = /^\/trades\/(\w{1,64})(?:\/(pay|pay-late|fail|expire|execute))?$/.exec(path) ?? []
  if (path === '/book' && incoming.method === 'GET') return json(bookOf(room))
  if (path === '/calls' && incoming.method === 'GET') return json(room.calls.list())
  if (path === '/settings') return settings(room, incoming)
  if (path === '/rotate-certificate' && incoming.method === 'POST')
    return json({ certificate: room.keys.rotate(new Date(room.clock.now())).certificatePem })
  if (!orderId) return null
  if (!verb) return incoming.method === 'GET' ? oneTransaction(room, orderId) : null
  return incoming.method === 'POST' ? actOn(room, orderId, verb) : null
}

/** Everything that an audit needs: each payment with what was given back of it. */
export function bookOf(room: UnionpayRoom) {
  const payments = listTransactions(room, TRANSACTIONS_AT_MOST).filter(({ txnType }) => txnType === '01')
  return { merchant: room.merchant, trades: payments.map((payment) => tradeView(room, payment)) }
}

const timeOrNull = (instantMs: number | null) => (instantMs === null ? null : shanghaiTime(instantMs))

const transactionView = (transaction: Transaction) => ({
  query_id: transaction.queryId,
  order_id: transaction.orderId,
  txn_time: transaction.txnTime,
  txn_type: transaction.txnType,
  status: transaction.status,
  resp_code: transaction.respCode,
  amount: formatYuan(transaction.amount),
  settle_day: transaction.settleDay,
  back_url: transaction.terms.backUrl,
  created_at: shanghaiTime(transaction.createdAt),
  expires_at: timeOrNull(transaction.expiresAt),
  done_at: timeOrNull(transaction.doneAt),
})

function tradeView(room: UnionpayRoom, payment: Transaction) {
  const returns = listReturns(room, payment.queryId)
  return {
    ...transactionView(payment),
    returned: formatYuan(returnedOf(returns)),
    returns: returns.map(transactionView),
  }
}

const WORDS: Record<Transaction['txnType'], string> = { '01': 'payment', '04': 'refund', '31': 'cancel' }

export const recentTrades = (room: UnionpayRoom, limit: number): TradeLine[] =>
  listTransactions(room, limit).map((transaction) => ({
    target: transaction.orderId,
    providerNumber: transaction.queryId,
    status: `${WORDS[transaction.txnType]} ${transaction.status}`,
    total: formatYuan(transaction.amount),
    refunded: transaction.txnType === '01' ? formatYuan(returnedOf(listReturns(room, transaction.queryId))) : '',
    createdAt: shanghaiTime(transaction.createdAt),
    acts: actsOn(transaction),
  }))

function actsOn({ txnType, status }: Transaction): readonly string[] {
  if (status === 'open') return ['pay', 'fail', 'expire']
  if (status === 'expired') return ['pay-late']
  if (status !== 'pending') return []
  return txnType === '01' ? ['pay', 'fail'] : ['execute', 'fail']
}

function oneTransaction(room: UnionpayRoom, orderId: string): Answer {
  const transaction = findTransaction(room, { orderId })
  if (!transaction) return json({ error: 'no such transaction' }, 404)
  return json(transaction.txnType === '01' ? tradeView(room, transaction) : transactionView(transaction))
}

function actOn(room: UnionpayRoom, orderId: string, verb: string): Answer {
  const transaction = findTransaction(room, { orderId })
  if (!transaction) return json({ error: 'no such transaction' }, 404)
  const cardNo = transaction.cardNo ?? FIRST_CARD
  const acts: Record<string, () => boolean> = {
    pay: () => succeed(room, transaction.queryId, { cardNo }),
    'pay-late': () => payLate(room, transaction.queryId, cardNo),
    execute: () => succeed(room, transaction.queryId),
    fail: () => fail(room, transaction.queryId),
    expire: () => expire(room, transaction.queryId),
  }
  const done = actsOn(transaction).includes(verb) && acts[verb]?.()
  return done ? oneTransaction(room, orderId) : json({ error: `cannot ${verb} what is ${transaction.status}` }, 409)
}

function settings(room: UnionpayRoom, incoming: Incoming): Answer {
  if (incoming.method === 'POST') {
    const patch = SettingsPatch.safeParse(readJson(incoming.body))
    if (!patch.success) return json({ error: z.prettifyError(patch.error) }, 422)
    room.settings.change(patch.data)
  }
  return json(room.settings.current())
}
