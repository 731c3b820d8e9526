import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { RefundWish } from '#lib/domain/decide-refund.ts'
import { toFen } from '#lib/domain/money.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { markDelivered } from '../fulfilment/mark-delivered.ts'
import { shipLines } from '../fulfilment/ship-lines.ts'
import { orders } from '../orders/schema.ts'
import { approveProposal, dropProposal } from '../refunds/decide-proposal.ts'
import { refundByStaff } from '../refunds/refund-by-staff.ts'
import { refundRequests, refunds } from '../refunds/schema.ts'
import { settleRefund } from '../refunds/settle-refund.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { checkBooks } from '../testing/check-books.ts'
import { placePaid } from '../testing/paid-order.ts'
import { permitFor } from '../testing/permit-for.ts'
import { stockOf } from '../testing/sample-order.ts'
import { answerRequest } from './answer-request.ts'
import { type AskRequest, askRequest } from './ask-request.ts'
import { listRequestsOf } from './list-requests-of.ts'
import { receiveGoods } from './receive-goods.ts'
import { refundProposals } from './schema.ts'
import { withdrawRequest } from './withdraw-request.ts'

const TEAPOT = 'CPT-RT90-CEL'
const CUP = 'CPT-TC65-CEL'
const NONE = toFen(0n)
const answers = permitFor('requests.answer')
const asks = permitFor('refunds.request')
const DAY_MS = 86_400_000
let numbers = 0

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  for (const sku of [TEAPOT, CUP]) await adjustStock({ sku, delta: 200, reason: 'opening_stock', actor: 'test' })
})

const ask = (orderId: string, over: Partial<AskRequest> = {}): AskRequest => ({
  requestId: randomUUID(),
  orderId,
  kind: 'return',
  lines: [{ position: 0, quantity: 1 }],
  reason: 'damaged',
  words: 'The spout is chipped.',
  photos: [],
  ...over,
})
const stateOf = async (requestId: string) =>
  (await db.select().from(refundRequests).where(eq(refundRequests.id, requestId)))[0]?.state
const mails = async (requestId: string) =>
  (
    await sql`select data ->> 'kind' as kind from pgboss.job where data ->> 'requestId' = ${requestId} order by created_on`
  ).map(({ kind }) => kind)
const answer = (requestId: string, verdict: 'approved' | 'declined', words = 'Send it back.') =>
  answerRequest(answers, { requestId, verdict, answer: words, ip: null })
const lines = (quantity: number, restock = false): RefundWish => ({
  by: 'lines',
  lines: [{ position: 0, quantity }],
  shipping: NONE,
  restock,
})
const giveBack = (requestId: string, orderId: string, wish: RefundWish, permit = asks) =>
  refundByStaff(permit, { requestId, orderId, wish, reason: null, ip: null })
async function sent(quantities: Readonly<Record<string, number>>) {
  const { orderId } = await placePaid(quantities)
  const parcelId = randomUUID()
  const trackingNumber = `SF${String(++numbers).padStart(13, '0')}`
  await shipLines(permitFor('orders.ship'), {
    parcelId,
    orderId,
    lines: 'rest',
    carrier: 'sf',
    trackingNumber,
    ip: null,
  })
  return { orderId, arrive: (now?: Date) => markDelivered(permitFor('orders.ship'), { parcelId, ip: null }, now) }
}
async function arrive(requestId: string) {
  const [refund] = await db.select().from(refunds).where(eq(refunds.requestId, requestId))
  const report = { event: 'succeeded', refundedAt: null, amount: null } as const
  await settleRefund({ refundId: refund?.id ?? '', report, source: 'query', now: new Date() })
}

test('a return: asked, granted, received, back on the shelf, paid back once', async () => {
  const { orderId } = await sent({ [CUP]: 3 })
  const asked = ask(orderId, { lines: [{ position: 0, quantity: 2 }] })
  expect(await askRequest(asked)).toEqual({ ok: true, value: { repeated: false } })
  expect(await askRequest(asked)).toEqual({ ok: true, value: { repeated: true } })
  expect(await askRequest({ ...asked, words: 'Other words.' })).toMatchObject({ error: { code: 'other_input' } })
  expect(await giveBack(asked.requestId, orderId, lines(2))).toMatchObject({
    error: { code: 'moved_on', state: 'requested', by: 'shopper' },
  })

  expect(await answer(asked.requestId, 'approved')).toMatchObject({ ok: true })
  expect(await answer(asked.requestId, 'declined')).toMatchObject({
    error: { code: 'moved_on', state: 'approved', by: 'staff:mei' },
  })
  const shelf = await stockOf(CUP)
  const received = { requestId: asked.requestId, lines: [{ position: 0, quantity: 2, restock: true }], ip: null }
  expect(await receiveGoods(answers, received)).toMatchObject({ ok: true })
  expect(await receiveGoods(answers, received)).toMatchObject({ error: { code: 'moved_on', state: 'goods_received' } })
  expect(await stockOf(CUP)).toEqual({ onHand: (shelf?.onHand ?? 0) + 2, held: 0 })
  expect(await withdrawRequest(asked.requestId, orderId)).toMatchObject({ error: { code: 'moved_on' } })

  const [request] = await db.select().from(refundRequests).where(eq(refundRequests.id, asked.requestId))
  const refunded = await Promise.all(
    Array.from({ length: 4 }, () => giveBack(asked.requestId, orderId, lines(2), permitFor('refunds.request', 'lin'))),
  )
  expect(refunded.filter((given) => given.ok)).toMatchObject([
    { value: { outcome: 'started', amount: request?.amountFen } },
  ])
  await arrive(asked.requestId)
  expect(await stateOf(asked.requestId)).toBe('refunded')
  expect(await stockOf(CUP)).toEqual({ onHand: (shelf?.onHand ?? 0) + 2, held: 0 })
  expect(await mails(asked.requestId)).toEqual(['request_taken', 'request_approved', 'request_received'])
  expect(await checkBooks()).toEqual([])
})

test('what was written off stays sold, and what did not come is no part of it', async () => {
  const { orderId } = await sent({ [CUP]: 3, [TEAPOT]: 1 })
  const wanted = [0, 1].map((position) => ({ position, quantity: 1 }))
  const asked = ask(orderId, { lines: wanted })
  await askRequest(asked)
  await answer(asked.requestId, 'approved')
  const shelves = [await stockOf(CUP), await stockOf(TEAPOT)]
  const came = { requestId: asked.requestId, ip: null }
  const of = (quantity: number) => [{ position: 0, quantity, restock: false }]
  expect(await receiveGoods(answers, { ...came, lines: of(2) })).toMatchObject({ error: { code: 'over_quantity' } })
  expect(await receiveGoods(answers, { ...came, lines: of(0) })).toMatchObject({ error: { code: 'nothing_received' } })
  expect(await receiveGoods(answers, { ...came, lines: of(1) })).toMatchObject({ ok: true })
  expect([await stockOf(CUP), await stockOf(TEAPOT)]).toEqual(shelves)
  const [view] = await listRequestsOf(orderId)
  expect(view).toMatchObject({ state: 'goods_received', lines: wanted })
  expect(await giveBack(asked.requestId, orderId, lines(1, true))).toMatchObject({
    error: { code: 'nothing_to_restock' },
  })
  expect(await giveBack(asked.requestId, orderId, lines(1))).toMatchObject({ ok: true })
  expect(await checkBooks()).toEqual([])
})

test('units that are asked back are packed by nobody until that is answered; withdrawn they are', async () => {
  const { orderId } = await placePaid({ [CUP]: 2 })
  const asked = ask(orderId, { kind: 'cancellation', reason: 'too_slow' })
  expect(await askRequest(asked)).toMatchObject({ ok: true })
  const parcel = {
    parcelId: randomUUID(),
    orderId,
    carrier: 'sf',
    trackingNumber: 'SF9999999999999',
    ip: null,
  } as const
  const ship = () => shipLines(permitFor('orders.ship'), { ...parcel, lines: 'rest' })
  expect(await ship()).toMatchObject({ error: { code: 'asked_back', left: 1 } })
  expect(await withdrawRequest(asked.requestId, randomUUID())).toMatchObject({ error: { code: 'unknown_request' } })
  expect(await withdrawRequest(asked.requestId, orderId)).toEqual({ ok: true, value: null })
  expect(await ship()).toMatchObject({ ok: true })
  expect(await askRequest(ask(orderId, { kind: 'cancellation', reason: 'too_slow' }))).toMatchObject({
    error: { code: 'over_quantity', left: 0 },
  })
  expect(await checkBooks()).toEqual([])
})

test('all of an unsent order cancelled: sending included, back on the shelf, the order cancelled', async () => {
  const shelf = await stockOf(CUP)
  const { orderId, paid } = await placePaid({ [CUP]: 2 })
  const whole = [{ position: 0, quantity: 2 }]
  const asked = ask(orderId, { kind: 'cancellation', reason: 'changed_mind', lines: whole })
  await askRequest(asked)
  await answer(asked.requestId, 'approved', '')
  const [request] = await db.select().from(refundRequests).where(eq(refundRequests.id, asked.requestId))
  expect(request?.amountFen).toBe(paid)
  const wish = { by: 'lines', lines: whole, shipping: toFen(request?.shippingFen ?? 0n), restock: true } as const
  expect(await giveBack(asked.requestId, orderId, wish)).toMatchObject({ ok: true, value: { amount: paid } })
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  expect(order).toMatchObject({ state: 'cancelled', fulfilment: 'unfulfilled' })
  expect(await stockOf(CUP)).toEqual(shelf)
  expect(await checkBooks()).toEqual([])
})

test.each([
  ['a line that the order has not', { lines: [{ position: 9, quantity: 1 }] }, 'malformed'],
  ['a line twice', { lines: [0, 0].map((position) => ({ position, quantity: 1 })) }, 'malformed'],
  ['more than were sent', { lines: [{ position: 0, quantity: 4 }] }, 'over_quantity'],
  ['nothing', { lines: [] }, 'nothing_wanted'],
  ['a reason of another kind', { reason: 'too_slow' }, 'wrong_reason'],
  ['to cancel what was sent', { kind: 'cancellation', reason: 'too_slow' }, 'over_quantity'],
] as const)('%s is refused, and nothing is written', async (_, over, code) => {
  const { orderId } = await sent({ [CUP]: 3 })
  expect(await askRequest(ask(orderId, over as Partial<AskRequest>))).toMatchObject({ error: { code } })
  expect(await listRequestsOf(orderId)).toEqual([])
})

test('what is asked for cannot be asked for again, and not a month after it came', async () => {
  const { orderId, arrive: deliver } = await sent({ [CUP]: 2 })
  const first = ask(orderId, { lines: [{ position: 0, quantity: 2 }] })
  await askRequest(first)
  expect(await askRequest(ask(orderId))).toMatchObject({ error: { code: 'over_quantity', left: 0 } })
  await answer(first.requestId, 'declined', 'Used for a year.')
  const arrivedAt = new Date()
  await deliver(arrivedAt)
  const late = new Date(arrivedAt.getTime() + 31 * DAY_MS)
  expect(await askRequest(ask(orderId), late)).toMatchObject({ error: { code: 'return_over' } })
  expect(await askRequest(ask(orderId))).toMatchObject({ ok: true })
  expect(await answer(randomUUID(), 'declined')).toMatchObject({ error: { code: 'unknown_request' } })
  expect(await answer((await listRequestsOf(orderId))[1]?.id ?? '', 'declined', ' ')).toMatchObject({
    error: { code: 'words_missing' },
  })
  expect(await checkBooks()).toEqual([])
})

test('above the limit a second person decides: nobody agrees with themselves, of two one decides', async () => {
  const { orderId } = await sent({ [TEAPOT]: 2 })
  const requestId = randomUUID()
  const wish = lines(2, true)
  const proposed = await Promise.all(Array.from({ length: 4 }, () => giveBack(requestId, orderId, wish)))
  expect(proposed.every((given) => given.ok && given.value.outcome === 'proposed')).toBe(true)
  expect(await giveBack(requestId, orderId, lines(1))).toMatchObject({ error: { code: 'waits_for_second' } })
  expect(await stateOf(requestId)).toBeUndefined()
  const [proposal] = await db.select().from(refundProposals).where(eq(refundProposals.requestId, requestId))
  const it = { proposalId: proposal?.id ?? '', ip: null }
  expect(await approveProposal(permitFor('refunds.approve'), it)).toMatchObject({ error: { code: 'same_person' } })

  const decided = await Promise.all(
    ['lin', 'hua', 'bo'].map((name) => approveProposal(permitFor('refunds.approve', name), it)),
  )
  expect(decided.filter((one) => one.ok)).toHaveLength(1)
  expect(decided.filter((one) => !one.ok && one.error.code === 'decided_before')).toHaveLength(2)
  expect(await dropProposal(permitFor('refunds.approve', 'lin'), it)).toMatchObject({
    error: { code: 'decided_before', decision: 'approved' },
  })
  await arrive(requestId)
  expect(await checkBooks()).toEqual([])
})

test('small refunds that are large together need the second person too; what is declined moves nothing', async () => {
  const { orderId } = await sent({ [TEAPOT]: 2 })
  const amount = { by: 'amount', amount: toFen(30_000n) } as const
  expect(await giveBack(randomUUID(), orderId, amount)).toMatchObject({ value: { outcome: 'started' } })
  const requestId = randomUUID()
  expect(await giveBack(requestId, orderId, amount)).toMatchObject({ value: { outcome: 'proposed' } })
  const [proposal] = await db.select().from(refundProposals).where(eq(refundProposals.requestId, requestId))
  const it = { proposalId: proposal?.id ?? '', ip: null }
  expect(await dropProposal(permitFor('refunds.request', 'lin'), it)).toMatchObject({
    error: { code: 'unknown_proposal' },
  })
  expect(await dropProposal(permitFor('refunds.approve', 'lin'), it)).toEqual({ ok: true, value: null })
  expect(await stateOf(requestId)).toBeUndefined()
  expect(await checkBooks()).toEqual([])
})
