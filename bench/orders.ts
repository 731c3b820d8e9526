import { randomBytes, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { PlaceOrder } from '#db/orders/order-input.ts'
import type { Capture } from '#db/payments/capture-attempt.ts'
import { makeOrderNumber, ORDER_NUMBER_BYTES } from '#lib/domain/order-number.ts'
import { paymentDeadline } from '#lib/domain/payment-deadline.ts'
import { orderTotals } from '#lib/domain/pricing.ts'
import { makeBenchDatabase } from './bench-database.ts'
import { inLanes } from './lanes.ts'

/**
 * Orders placed and payments settled a second at the database, 16 at a time, beside the same writes as a transaction of
 * awaited statements, in one run, interleaved. Makes a database of its own on the server of `DATABASE_URL`:
 * `DATABASE_URL=postgres://… node --conditions=react-server bench/orders.ts --orders 1500 --rounds 3`
 */
const { values } = parseArgs({
  options: { orders: { type: 'string', default: '1500' }, rounds: { type: 'string', default: '3' } },
})
const [orderCount, rounds] = [Number(values.orders), Number(values.rounds)]
const CONNECTIONS = 16
const PIECES = 20

const database = await makeBenchDatabase()
process.env['DATABASE_POOL'] = String(CONNECTIONS)

const { db, sql } = await import('#db/client.ts')
const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
const { placeOrder } = await import('#db/orders/place-order.ts')
const { startAttempt } = await import('#db/payments/start-attempt.ts')
const { settleAttempt } = await import('#db/payments/settle-attempt.ts')
const { sampleOrder } = await import('#db/testing/sample-order.ts')
const { placePlainly, settlePlainly } = await import('./plain-transactions.ts')

const load = <T>(items: readonly T[], work: (item: T) => Promise<unknown>) => inLanes(CONNECTIONS, items, work)

async function basketOf(skus: readonly string[]): Promise<PlaceOrder[]> {
  const baskets = await Promise.all(skus.map((sku) => sampleOrder({ [sku]: 1 })))
  return Array.from({ length: orderCount }, (_, n) => ({
    ...(baskets[n % baskets.length] as PlaceOrder),
    requestId: randomUUID(),
  }))
}

const asNewOrder = (input: PlaceOrder) => {
  const placedAt = new Date()
  const lines = input.lines.map(({ priceSeen, quantity }) => ({ unitPrice: priceSeen, quantity }))
  return {
    input,
    number: makeOrderNumber(placedAt, randomBytes(ORDER_NUMBER_BYTES)),
    requestHash: randomBytes(32),
    inputHash: randomBytes(32),
    secretHash: randomBytes(32),
    totals: orderTotals(lines, input.shipping.feeSeen),
    discounts: [],
    coupon: null,
    placedAt,
    expiresAt: paymentDeadline(placedAt),
    remindAt: placedAt,
  }
}

/** Orders with an attempt each, and the payments that are about to be told. */
async function paymentsToTell(skus: readonly string[]): Promise<Capture[]> {
  const told: Capture[] = []
  await load(await basketOf(skus), async (basket) => {
    const placed = await placeOrder(basket)
    if (!placed.ok) throw new Error(placed.error.code)
    const { orderId } = placed.value
    const started = await startAttempt({
      orderId,
      provider: 'alipay',
      scene: 'page',
      expiresAt: paymentDeadline(new Date()),
    })
    if (!started.ok) throw new Error(started.error.code)
    const { outTradeNo, amount } = started.value
    const payment = { eventId: outTradeNo, providerTradeNo: outTradeNo, amount, currency: 'CNY', paidAt: new Date() }
    told.push({ provider: 'alipay', outTradeNo, source: 'notify', payment })
  })
  return told
}

const placeWell = async (basket: PlaceOrder) => {
  const placed = await placeOrder(basket)
  if (!placed.ok) throw new Error(placed.error.code)
}

try {
  await seedCatalog(db, new Date())
  await sql`update stock set on_hand = 1000000`
  const skus = (await sql<{ sku: string }[]>`select sku from variants order by id limit ${PIECES}`).map(
    ({ sku }) => sku,
  )
  const hot = skus.slice(0, 1)
  const contests = [
    {
      what: 'place, 20 pieces',
      ours: async () => load(await basketOf(skus), placeWell),
      plain: async () => load((await basketOf(skus)).map(asNewOrder), placePlainly),
    },
    {
      what: 'place, one hot piece',
      ours: async () => load(await basketOf(hot), placeWell),
      plain: async () => load((await basketOf(hot)).map(asNewOrder), placePlainly),
    },
    {
      what: 'settle, 20 pieces',
      ours: async () => load(await paymentsToTell(skus), settleAttempt),
      plain: async () => load(await paymentsToTell(skus), settlePlainly),
    },
    {
      what: 'settle, one hot piece',
      ours: async () => load(await paymentsToTell(hot), settleAttempt),
      plain: async () => load(await paymentsToTell(hot), settlePlainly),
    },
  ]
  const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
  const table = []
  for (const { what, ours, plain } of contests) {
    await ours()
    await sql`analyze` // as autovacuum does within the minute: plans made for empty tables would stay
    const results = []
    for (let round = 0; round < rounds; round++) results.push({ ours: await ours(), plain: await plain() })
    const [mine, theirs] = [median(results.map((r) => r.ours.perSecond)), median(results.map((r) => r.plain.perSecond))]
    table.push({
      what,
      'a second': Math.round(mine),
      'p99 ms': median(results.map((r) => r.ours.p99Ms)).toFixed(1),
      'plain a second': Math.round(theirs),
      'plain p99 ms': median(results.map((r) => r.plain.p99Ms)).toFixed(1),
      ratio: (mine / theirs).toFixed(2),
    })
  }
  console.table(table)
} finally {
  await database.end()
}
