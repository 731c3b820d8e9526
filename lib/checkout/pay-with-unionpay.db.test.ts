import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { listAttempts } from '#db/payments/list-attempts.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { expireUnpaidOrder } from '../jobs/expire-order.ts'
import { type Received, startGateway } from '../payments/testing/gateway-double.ts'
import { createUnionpay } from '../payments/unionpay/provider.ts'
import {
  clientFor,
  encodeForm,
  merchant,
  paidNotice,
  QUERY_ID,
  signAnswer,
  signForm,
  type Values,
} from '../payments/unionpay/testing/unionpay-double.ts'
import { toTxnTime } from '../payments/unionpay/times.ts'
import { queryAndSettle } from './query-and-settle.ts'
import { receiveNotification } from './receive-notification.ts'
import { startPayment } from './start-payment.ts'
import { takeReturn } from './take-return.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate payment_messages`
})

const connect = (origin: string) =>
  createUnionpay({ client: clientFor({ gatewayUrl: origin, clock: () => new Date() }), certificates: [] })
const NOWHERE = 'http://127.0.0.1:9'

/** An order whose buyer was sent to UnionPay, with what UnionPay would tell of its payment. */
async function startedOrder() {
  const placed = await placeSample({ 'CPT-TC65-CEL': 1 })
  const expiresAt = (await openOrder(placed.secret))?.expiresAt ?? new Date()
  const started = await startPayment(connect(NOWHERE), {
    orderId: placed.orderId,
    expiresAt,
    scene: { kind: 'form', device: 'computer' },
    subject: 'Pottery',
    returnUrl: 'http://shop.test/api/return/unionpay',
  })
  if (!started.ok || started.value.kind !== 'form') throw new Error('no form')
  const form = Object.fromEntries(started.value.fields)
  const { orderId = '', txnTime = '', txnAmt = '' } = form
  const queryId = `${QUERY_ID.slice(0, 12)}${orderId.replace(/\D/g, '').slice(-8).padStart(8, '0')}1`
  const outcome = { orderId, txnTime, txnAmt, queryId, traceTime: txnTime.slice(4) }
  const notice = (changes: Values = {}) => paidNotice({ ...outcome, ...changes })
  const state = async () => (await openOrder(placed.secret))?.state
  const paidAnswer = ({ body }: Received) => ({
    body: signAnswer(new Map(body), { ...outcome, respCode: '00', origRespCode: '00', currencyCode: '156' }),
  })
  const unpaidAnswer = ({ body }: Received) => ({ body: signAnswer(new Map(body), { respCode: '34' }) })
  return { ...placed, form, notice, state, paidAnswer, unpaidAnswer }
}
const message = (body: Uint8Array) => ({ headers: new Headers(), body })
const back = (body: Uint8Array) => ({ search: '', body, headers: new Headers() })
const events = () => sql`select event_id from payment_events`

test('12: the start that was told to UnionPay is the one that is asked with after a restart', async () => {
  const order = await startedOrder()
  const attempt = await findAttempt({ provider: 'unionpay', outTradeNo: order.form['orderId'] ?? '' })
  if (!attempt) throw new Error('no attempt')
  expect(toTxnTime(attempt.startedAt)).toBe(order.form['txnTime'])
  await using gateway = await startGateway(order.paidAnswer)
  expect(await queryAndSettle(connect(gateway.origin), attempt)).toMatchObject({ state: 'settled' })
  expect(Object.fromEntries(gateway.received[0]?.body ?? [])).toMatchObject({
    orderId: order.form['orderId'],
    txnTime: order.form['txnTime'],
  })
  expect(await order.state()).toBe('confirmed')
})

test('asking again for the same way gives the same form', async () => {
  const order = await startedOrder()
  const again = await startPayment(connect(NOWHERE), {
    orderId: order.orderId,
    expiresAt: (await openOrder(order.secret))?.expiresAt ?? new Date(),
    scene: { kind: 'form', device: 'computer' },
    subject: 'Pottery',
    returnUrl: 'http://shop.test/api/return/unionpay',
  })
  expect(again.ok && again.value.kind === 'form' && Object.fromEntries(again.value.fields)).toEqual(order.form)
})

test('18: what the browser carries back proves nothing: the gateway is asked, and its word counts', async () => {
  const order = await startedOrder()
  await using silent = await startGateway(order.unpaidAnswer)
  const returned = await takeReturn(connect(silent.origin), back(signForm(order.notice())), undefined)
  expect(returned).toMatchObject({ came: 'from_paying', secret: expect.not.stringMatching(order.secret) })
  expect(silent.received).toHaveLength(1)
  expect(await order.state()).toBe('pending_payment')

  const forged = encodeForm({ ...order.notice(), signature: 'AAAA', signPubKeyCert: merchant.pem })
  expect(await takeReturn(connect(silent.origin), back(forged), undefined)).toEqual({ came: 'from_nowhere' })
  expect(silent.received).toHaveLength(1)
  expect([...(await sql`select source, verdict, reason from payment_messages`)]).toMatchObject([
    { source: 'return', verdict: 'refused', reason: expect.stringContaining('bad_signature') },
  ])

  await using paid = await startGateway(order.paidAnswer)
  await takeReturn(connect(paid.origin), back(signForm(order.notice())), order.secret)
  expect(await order.state()).toBe('confirmed')
})

test('24: notification, its repeats, the way back and the query at once have one effect', async () => {
  const order = await startedOrder()
  const before = (await events()).length
  await using gateway = await startGateway(order.paidAnswer)
  const provider = connect(gateway.origin)
  const attempt = await findAttempt({ provider: 'unionpay', outTradeNo: order.form['orderId'] ?? '' })
  if (!attempt) throw new Error('no attempt')
  const body = signForm(order.notice())
  const answers = await Promise.all([
    ...Array.from({ length: 8 }, () => receiveNotification(provider, message(body))),
    ...Array.from({ length: 4 }, () => queryAndSettle(provider, attempt)),
    takeReturn(provider, back(body), order.secret),
  ])
  expect(answers.slice(0, 8)).toEqual(
    Array(8).fill({ status: 200, contentType: 'text/plain; charset=utf-8', body: 'ok' }),
  )
  expect((await events()).length - before).toBe(1)
  expect(await order.state()).toBe('confirmed')
  expect(await listAttempts(order.orderId)).toMatchObject([{ state: 'succeeded' }])
})

test.each<[string, Values, string]>([
  ['of another start', { txnTime: '20200101000000' }, 'retry'],
  ['of a number that is not ours', { orderId: 'NOBODY0000000001' }, 'retry'],
  ['of another amount', { txnAmt: '1' }, 'disputed'],
  ['of another currency', { currencyCode: '840' }, 'disputed'],
])('a genuine message %s pays nothing', async (_name, changes, how) => {
  const order = await startedOrder()
  const answer = await receiveNotification(connect(NOWHERE), message(signForm(order.notice(changes))))
  expect(answer.status).toBe(how === 'retry' ? 503 : 400)
  expect(await order.state()).toBe('pending_payment')
  expect((await sql`select from incidents where event_id = ${`paid:${order.notice()['queryId']}`}`).length).toBe(
    how === 'retry' ? 0 : 1,
  )
})

test('10: an order ends only after its time and a margin, and never while UnionPay is at it or has the money', async () => {
  const MINUTE_MS = 60_000
  const end = async (order: Awaited<ReturnType<typeof startedOrder>>, answer: Values, minutesAfter: number) => {
    await using gateway = await startGateway(({ body }) => ({ body: signAnswer(new Map(body), answer) }))
    const expiresAt = (await openOrder(order.secret))?.expiresAt ?? new Date()
    const now = new Date(expiresAt.getTime() + minutesAfter * MINUTE_MS)
    await expireUnpaidOrder(new Map([['unionpay', connect(gateway.origin)]]), order.orderId, now)
    return order.state()
  }
  const [left, busy, paid] = [await startedOrder(), await startedOrder(), await startedOrder()]
  expect(await end(left, { respCode: '34' }, 0.5)).toBe('pending_payment')
  expect(await end(left, { respCode: '34' }, 2)).toBe('expired')
  const underWay = { respCode: '00', origRespCode: '05', queryId: QUERY_ID }
  expect(await end(busy, underWay, 60)).toBe('pending_payment')
  const { queryId = '', txnAmt = '' } = paid.notice()
  expect(await end(paid, { respCode: '00', origRespCode: '00', queryId, txnAmt }, 60)).toBe('confirmed')
})
