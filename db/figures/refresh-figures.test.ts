import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addDays, startOfShanghaiDay, toShanghaiDay } from '#lib/domain/shanghai-time.ts'
import { askRules } from '../audit/ask-rules.ts'
import { FIGURE_RULES } from '../audit/figure-rules.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { requestRefund } from '../refunds/request-refund.ts'
import { refunds } from '../refunds/schema.ts'
import { settleRefund } from '../refunds/settle-refund.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { fillPaidOrders } from '../testing/fill-paid-orders.ts'
import { placePaid, startToPay } from '../testing/paid-order.ts'
import { placeSample } from '../testing/sample-order.ts'
import { rebuildFigures, refreshFigures } from './refresh-figures.ts'
import { ROLLUPS } from './rollups.ts'

const CUP = 'CPT-TC65-CEL'
const TODAY = toShanghaiDay(new Date())
const dayBefore = (days: number) => toShanghaiDay(addDays(new Date(), -days))
/** Noon in Shanghai of a day that is over. */
const noonBefore = (days: number) => new Date((startOfShanghaiDay(dayBefore(days))?.getTime() ?? 0) + 12 * 3_600_000)

const differing = () => sql.begin((tx) => askRules(tx, FIGURE_RULES, new Date()))
const salesOf = async (day: string) => {
  const [row] = await sql<{ orders: number; paid: string; hours: number[] }[]>`
    select coalesce(sum(orders), 0)::int as orders, coalesce(sum(paid_fen), 0)::text as paid,
      array_agg(distinct hour) as hours
    from figure_sales where day = ${day}`
  return row
}
const snapshot = async () => {
  const tables = Object.entries(ROLLUPS).map(async ([table, { columns }]) => {
    const rows = await sql.unsafe(`select ${columns.join(', ')} from ${table} order by ${columns.join(', ')}`)
    return [table, [...rows]] as const
  })
  return Object.fromEntries(await Promise.all(tables))
}

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  await fillPaidOrders({ provider: 'wechatpay', count: 40, from: noonBefore(20), to: noonBefore(10), prefix: 'FILL' })
  await refreshFigures()
})

test('what is paid today is in the figures of today, by hour, way and piece', async () => {
  const before = await salesOf(TODAY)
  const { paid } = await placePaid({ [CUP]: 2 })
  await refreshFigures()

  const after = await salesOf(TODAY)
  expect(BigInt(after?.paid ?? 0) - BigInt(before?.paid ?? 0)).toBe(paid)
  const [piece] = await sql`
    select sold_units, returned_units from figure_products join products on products.id = product_id
    where day = ${TODAY} and product_id = (select product_id from variants where sku = ${CUP})`
  expect(piece).toEqual({ sold_units: 2, returned_units: 0 })
  expect(await differing()).toEqual([])
})

test('money that is heard of late lands on the day and hour when the provider took it', async () => {
  await placePaid({ [CUP]: 1 }, 'alipay', noonBefore(3))
  expect(await salesOf(dayBefore(3))).toMatchObject({ orders: 0 })
  expect(await differing(), 'a day that waits for its refresh is not called wrong').toEqual([])

  await refreshFigures()
  expect(await salesOf(dayBefore(3))).toMatchObject({ orders: 1, hours: [12] })
  expect(await differing()).toEqual([])
})

test('a refund lands on the day on which it arrived, however late we hear of it', async () => {
  const { orderId } = await placePaid({ [CUP]: 2 }, 'alipay', noonBefore(6))
  const requestId = randomUUID()
  const wish = { by: 'lines', lines: [{ position: 0, quantity: 1 }], shipping: 0n, restock: true } as never
  const asked = await requestRefund({ requestId, orderId, wish, actor: 'staff:1', cause: 'staff', reason: null })
  if (!asked.ok) throw new Error(asked.error.code)
  await refreshFigures()
  const [refund] = await db.select().from(refunds).where(eq(refunds.requestId, requestId))
  if (!refund) throw new Error('no refund')
  const report = { event: 'succeeded', refundedAt: noonBefore(4), amount: null } as const
  await settleRefund({ refundId: refund.id, report, source: 'query', now: new Date() })
  await refreshFigures()

  expect(await sql`select day::text, cause, refunds, refunded_fen::text from figure_refunds`).toMatchObject([
    { day: dayBefore(4), cause: 'staff', refunds: 1, refunded_fen: refund.amountFen.toString() },
  ])
  expect(
    await sql`select returned_units from figure_products where day = ${dayBefore(4)} and returned_units > 0`,
  ).toMatchObject([{ returned_units: 1 }])
  expect(await differing()).toEqual([])
})

test('a change that was not committed yet when its day was made anew is not lost', async () => {
  const { orderId } = await placeSample({ [CUP]: 1 })
  const attempt = await startToPay(orderId, 'alipay')
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const open = sql.begin(async (tx) => {
    await tx`
      insert into payment_events (provider, event_id, attempt_id, source, outcome, provider_trade_no, amount_fen, currency, occurred_at)
      values ('alipay', 'held', ${attempt.attemptId}, 'query', 'captured', 'held', 1, 'CNY', ${noonBefore(8).toISOString()})`
    await held
  })
  await placePaid({ [CUP]: 1 }, 'alipay', noonBefore(8))
  await refreshFigures()
  expect(await salesOf(dayBefore(8))).toMatchObject({ orders: 1 })
  release()
  await open
  await refreshFigures()
  expect(await salesOf(dayBefore(8))).toMatchObject({ orders: 2 })
  expect(await differing()).toEqual([])
})

test('the value of the stock is that of the evening, told backwards from today', async () => {
  const [today] = await sql<{ units: string; value: string }[]>`
    select sum(on_hand) as units, sum(on_hand * price_fen) as value from stock join variants on variants.id = variant_id`
  await refreshFigures()
  const stockOf = async (day: string) => (await sql`select units, value_fen from figure_stock where day = ${day}`)[0]
  expect(await stockOf(TODAY)).toEqual({ units: today?.units, value_fen: today?.value })

  await adjustStock({ sku: CUP, delta: 5, reason: 'count', actor: 'test' })
  await sql`insert into price_changes (variant_id, from_fen, to_fen, reason, actor)
    select id, price_fen, price_fen + 100, 'test', 'test' from variants where sku = ${CUP}`
  await sql`update variants set price_fen = price_fen + 100 where sku = ${CUP}`
  const yesterday = await stockOf(dayBefore(1))
  await rebuildFigures()
  expect(await stockOf(dayBefore(1))).toEqual(yesterday)
  expect(await differing()).toEqual([])
})

test('all of it can be made anew and is the same; what somebody changed is found and mended', async () => {
  await refreshFigures()
  const before = await snapshot()
  await rebuildFigures()
  expect(await snapshot()).toEqual(before)

  await sql`update figure_sales set paid_fen = paid_fen + 1 where day = ${dayBefore(3)}`
  await sql`delete from figure_orders where day = ${dayBefore(12)}`
  expect((await differing()).map(({ what }) => what).toSorted()).toEqual([
    `figure_orders of ${dayBefore(12)}: 1 rows`,
    `figure_sales of ${dayBefore(3)}: 2 rows`,
  ])
  await rebuildFigures()
  expect(await snapshot()).toEqual(before)
})

test('two workers do not make the same days at once', async () => {
  await sql.begin(async (tx) => {
    await tx`lock table figure_days in exclusive mode`
    expect(await refreshFigures()).toBeNull()
  })
  expect(await refreshFigures()).not.toBeNull()
})
