import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { UNDO_MINUTES } from '#lib/domain/shipment.ts'
import { presumeDelivered } from '#lib/jobs/presume-delivered.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import { requestRefund } from '../refunds/request-refund.ts'
import { refunds } from '../refunds/schema.ts'
import { settleRefund } from '../refunds/settle-refund.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { checkBooks } from '../testing/check-books.ts'
import { placePaid } from '../testing/paid-order.ts'
import { permitFor } from '../testing/permit-for.ts'
import { placeSample, stockOf } from '../testing/sample-order.ts'
import { confirmReceipt } from './confirm-receipt.ts'
import { listParcelsOf } from './list-parcels-of.ts'
import { markDelivered } from './mark-delivered.ts'
import { type ShipLines, shipLines } from './ship-lines.ts'
import { undoShipment } from './undo-shipment.ts'

const TEAPOT = 'CPT-RT90-CEL'
const CUP = 'CPT-TC65-CEL'
const MEI = 'staff:mei'
const PERMIT = permitFor('orders.ship')
const of = ({ parcelId }: ShipLines) => ({ parcelId, ip: null })
const DAY_MS = 86_400_000
let numbers = 0

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  for (const sku of [TEAPOT, CUP]) await adjustStock({ sku, delta: 100, reason: 'opening_stock', actor: 'test' })
})

const parcel = (orderId: string, over: Partial<ShipLines> = {}): ShipLines => ({
  parcelId: randomUUID(),
  orderId,
  lines: 'rest',
  carrier: 'sf',
  trackingNumber: `SF${String(++numbers).padStart(13, '0')}`,
  ip: null,
  ...over,
})
const units = (quantity: number, position = 0) => [{ position, quantity }]
const fulfilment = async (orderId: string) =>
  (await db.select({ fulfilment: orders.fulfilment }).from(orders).where(eq(orders.id, orderId)))[0]?.fulfilment
const told = async (orderId: string) =>
  (await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId)).orderBy(orderEvents.id))
    .filter(({ axis }) => axis === 'fulfilment')
    .map(({ event }) => event)
const mails = async (orderId: string) =>
  (
    await sql`
      select data ->> 'kind' as kind from pgboss.job
      where name = 'send-order-mail' and data ? 'parcelId' and data ->> 'orderId' = ${orderId} order by created_on`
  ).map(({ kind }) => kind)
const giveBack = async (orderId: string, quantity: number, restock = false) => {
  const requestId = randomUUID()
  const wish = { by: 'lines', lines: units(quantity), shipping: toFen(0n), restock } as const
  const asked = await requestRefund({ requestId, orderId, wish, actor: MEI, cause: 'staff', reason: null })
  if (!asked.ok) throw new Error(asked.error.code)
  const [refund] = await db.select().from(refunds).where(eq(refunds.requestId, requestId))
  return refund?.id ?? ''
}
const fail = (refundId: string) =>
  settleRefund({
    refundId,
    report: { event: 'failed', providerCode: 'CLOSED', spent: true },
    source: 'query',
    now: new Date(),
  })

test('two parcels by line and quantity; stock was sold before, so that shipping moves none of it', async () => {
  const { orderId } = await placePaid({ [TEAPOT]: 2, [CUP]: 3 })
  const shelf = await stockOf(CUP)
  const first = parcel(orderId, { lines: units(1) })
  expect(await shipLines(PERMIT, first)).toMatchObject({ ok: true, value: { sequence: 1, repeated: false } })
  expect(await fulfilment(orderId)).toBe('partial')
  expect(await shipLines(PERMIT, parcel(orderId))).toMatchObject({ ok: true, value: { sequence: 2 } })
  expect(await fulfilment(orderId)).toBe('shipped')
  expect(await stockOf(CUP)).toEqual(shelf)
  const listed = await listParcelsOf(orderId)
  expect(listed.map(({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0))).toEqual([1, 4])
  expect(await told(orderId)).toEqual(['shipped_in_part', 'shipped_in_full'])
  expect(await mails(orderId)).toEqual(['parcel_shipped', 'parcel_shipped'])
  expect(await checkBooks()).toEqual([])
})

test('a double click is one parcel, the same id for another parcel is refused', async () => {
  const { orderId } = await placePaid({ [CUP]: 2 })
  const ship = parcel(orderId, { lines: units(1) })
  const sent = await Promise.all(Array.from({ length: 8 }, () => shipLines(PERMIT, ship)))
  expect(sent.filter((answer) => answer.ok && !answer.value.repeated)).toHaveLength(1)
  expect(sent.every((answer) => answer.ok)).toBe(true)
  expect(await shipLines(PERMIT, { ...ship, lines: units(2) })).toMatchObject({ error: { code: 'other_input' } })
  expect(await listParcelsOf(orderId)).toHaveLength(1)
})

test('ten people at once: the units go out once, and who was second hears who was first', async () => {
  const { orderId } = await placePaid({ [CUP]: 3 })
  const sent = await Promise.all(
    Array.from({ length: 10 }, (_, person) => shipLines(permitFor('orders.ship', String(person)), parcel(orderId))),
  )
  const winner = sent.findIndex((answer) => answer.ok)
  expect(sent.filter((answer) => answer.ok)).toHaveLength(1)
  for (const [person, answer] of sent.entries())
    if (person !== winner)
      expect(answer).toMatchObject({ error: { code: 'nothing_left', latest: { shippedBy: `staff:${winner}` } } })
  expect(await checkBooks()).toEqual([])
})

test.each([
  ['more than there is', units(4), { code: 'over_quantity', left: 3 }],
  ['a line that the order has not', units(1, 7), { code: 'malformed' }],
  ['a line twice', [...units(1), ...units(1)], { code: 'malformed' }],
  ['half a cup', units(0.5), { code: 'malformed' }],
  ['nothing', [], { code: 'nothing_wanted' }],
])('%s is refused, and leaves no trace', async (_, lines, error) => {
  const { orderId } = await placePaid({ [CUP]: 3 })
  expect(await shipLines(PERMIT, parcel(orderId, { lines }))).toMatchObject({ ok: false, error })
  expect(await told(orderId)).toEqual([])
  expect(await listParcelsOf(orderId)).toEqual([])
})

test('an order that is not paid is not sent, and a number of a carrier is used once', async () => {
  const { orderId: unpaid } = await placeSample({ [CUP]: 1 })
  expect(await shipLines(PERMIT, parcel(unpaid))).toMatchObject({
    error: { code: 'not_confirmed', state: 'pending_payment' },
  })
  expect(await shipLines(PERMIT, parcel(randomUUID()))).toMatchObject({ error: { code: 'unknown_order' } })
  const [one, other] = [await placePaid({ [CUP]: 1 }), await placePaid({ [CUP]: 1 })]
  const ship = parcel(one.orderId)
  await shipLines(PERMIT, ship)
  const again = { trackingNumber: ship.trackingNumber }
  expect(await shipLines(PERMIT, parcel(other.orderId, again))).toMatchObject({ error: { code: 'tracking_used' } })
  expect(await shipLines(PERMIT, parcel(other.orderId, { ...again, carrier: 'zto' }))).toMatchObject({ ok: true })
})

test('undone within minutes the units are to be sent again; later, or once it arrived, they are gone', async () => {
  const { orderId } = await placePaid({ [CUP]: 3 })
  const now = new Date()
  const ship = parcel(orderId)
  await shipLines(PERMIT, ship, now)
  const late = new Date(now.getTime() + (UNDO_MINUTES + 1) * 60_000)
  expect(await undoShipment(PERMIT, of(ship), late)).toMatchObject({ error: { code: 'too_late' } })
  expect(await undoShipment(PERMIT, of(ship), now)).toMatchObject({ ok: true })
  expect(await undoShipment(PERMIT, of(ship), now)).toMatchObject({
    error: { code: 'undone_before', by: MEI },
  })
  expect(await fulfilment(orderId)).toBe('unfulfilled')
  expect(await listParcelsOf(orderId)).toEqual([])

  const again = parcel(orderId, { trackingNumber: ship.trackingNumber })
  expect(await shipLines(PERMIT, again, now)).toMatchObject({ ok: true, value: { sequence: 2 } })
  await markDelivered(PERMIT, of(again), now)
  expect(await undoShipment(PERMIT, of(again), now)).toMatchObject({ error: { code: 'delivered' } })
  expect(await told(orderId)).toEqual(['shipped_in_full', 'all_shipments_undone', 'shipped_in_full', 'delivered'])
  expect(await checkBooks()).toEqual([])
})

test('what was paid back before it was sent is not sent, until that refund fails', async () => {
  const { orderId } = await placePaid({ [CUP]: 3 })
  await shipLines(PERMIT, parcel(orderId, { lines: units(2) }))
  const refundId = await giveBack(orderId, 1)
  expect(await fulfilment(orderId)).toBe('shipped')
  expect(await shipLines(PERMIT, parcel(orderId))).toMatchObject({ error: { code: 'nothing_left' } })
  expect(await checkBooks()).toEqual([])

  await fail(refundId)
  expect(await fulfilment(orderId)).toBe('partial')
  expect(await shipLines(PERMIT, parcel(orderId, { lines: units(1) }))).toMatchObject({
    error: { code: 'asked_back', left: 0 },
  })
  expect(await told(orderId)).toEqual(['shipped_in_part', 'rest_given_up', 'rest_owed_again'])
  expect(await checkBooks()).toEqual([])
})

test('a parcel whose units were paid back as sent ones can no longer be undone', async () => {
  const { orderId } = await placePaid({ [CUP]: 2 })
  const ship = parcel(orderId)
  await shipLines(PERMIT, ship)
  await giveBack(orderId, 1)
  expect(await undoShipment(PERMIT, of(ship))).toMatchObject({
    error: { code: 'paid_back_meanwhile', position: 0 },
  })
  expect(await checkBooks()).toEqual([])
})

test('all that was sent came back and was paid back: the goods are returned', async () => {
  const { orderId } = await placePaid({ [CUP]: 2 })
  await shipLines(PERMIT, parcel(orderId))
  await giveBack(orderId, 2, true)
  expect(await fulfilment(orderId)).toBe('returned')
  expect(await checkBooks()).toEqual([])
})

test('received: every parcel delivered, and the order complete once nothing more is to come', async () => {
  const { orderId } = await placePaid({ [CUP]: 3 })
  expect(await confirmReceipt(orderId, { actor: 'shopper' })).toMatchObject({ error: { code: 'nothing_to_confirm' } })
  await shipLines(PERMIT, parcel(orderId, { lines: units(1) }))
  expect(await confirmReceipt(orderId, { actor: 'shopper' })).toEqual({ ok: true, value: { completed: false } })
  await shipLines(PERMIT, parcel(orderId))
  expect(await confirmReceipt(orderId, { actor: 'shopper' })).toEqual({ ok: true, value: { completed: true } })
  expect(await confirmReceipt(orderId, { actor: 'shopper' })).toMatchObject({ error: { code: 'nothing_to_confirm' } })
  expect(await told(orderId)).toEqual(['shipped_in_part', 'delivered_in_part', 'shipped_in_full', 'delivered'])
  expect(await mails(orderId)).toEqual(['parcel_shipped', 'parcel_shipped'])
  expect(await checkBooks()).toEqual([])
})

test('nobody said anything: taken as delivered after days, as complete after a week more', async () => {
  const { orderId } = await placePaid({ [CUP]: 1 })
  const shippedAt = new Date(Date.now() + 100 * DAY_MS)
  await shipLines(PERMIT, parcel(orderId), shippedAt)
  const after = (days: number) => new Date(shippedAt.getTime() + days * DAY_MS)
  // What the tests before this one sent.
  for (const days of [-20, -1]) await presumeDelivered(after(days))
  expect(await presumeDelivered(after(9))).toEqual({ delivered: 0, completed: 0 })
  expect(await presumeDelivered(after(11))).toEqual({ delivered: 1, completed: 0 })
  expect(await mails(orderId)).toEqual(['parcel_shipped', 'parcel_delivered'])
  expect(await presumeDelivered(after(19))).toEqual({ delivered: 0, completed: 1 })
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  expect(order).toMatchObject({ state: 'completed', fulfilment: 'delivered' })
  expect(await checkBooks()).toEqual([])
})
