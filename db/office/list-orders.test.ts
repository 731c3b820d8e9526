import { sql as raw } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { EVERY_ORDER, type OrderCursor, type OrderFilter } from '#lib/domain/order-list.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { eraseOrders } from '../orders/erase-orders.ts'
import { placeOrder } from '../orders/place-order.ts'
import { requestRefund } from '../refunds/request-refund.ts'
import { startToPay } from '../testing/paid-order.ts'
import { sampleOrder } from '../testing/sample-order.ts'
import { samplePermit } from '../testing/sample-permit.ts'
import type { OrderBounds } from './find-order-ids.ts'
import { listOrders } from './list-orders.ts'
import { writeOrderTerms } from './write-order-terms.ts'

const permit = samplePermit('orders.read')

/** Both ways to answer: by what an index names, and by reading the list. */
const BY_INDEX = { candidates: 1000, entries: 1000, looked: 1000 }
const BY_READING = { candidates: -1, entries: 1000, looked: 1000 }

type Who = { recipient?: string; email?: string; phone?: string; sku?: string }
type Known = { id: string; number: string; outTradeNo: string }
const known: Record<string, Known> = {}

async function place(
  name: string,
  { recipient = 'Nobody', email = `${name}@example.com`, phone = '+8613100000000', sku }: Who,
) {
  const sample = await sampleOrder({ [sku ?? 'CPT-GA11-IVO']: 1 })
  const placed = await placeOrder({
    ...sample,
    contact: { email, phone },
    address: { ...sample.address, recipient, phone },
  })
  if (!placed.ok) throw new Error(placed.error.code)
  const { orderId: id, number } = placed.value
  known[name] = { id, number, outTradeNo: `${number}01` }
  return id
}

async function pay(name: string, provider: 'alipay' | 'wechatpay', tradeNo: string) {
  const started = await startToPay(known[name]?.id ?? '', provider)
  await started.pay()
  await sql`update payment_attempts set provider_trade_no = ${tradeNo} where id = ${started.attemptId}`
}

async function found(filter: Partial<OrderFilter>, bounds: OrderBounds): Promise<string> {
  const page = await listOrders(permit, { ...EVERY_ORDER, ...filter }, { after: null, limit: 50, bounds })
  const names = Object.keys(known)
  return page.orders
    .map(({ id }) => names.find((name) => known[name]?.id === id))
    .sort()
    .join(' ')
}

beforeAll(async () => {
  await seedCatalog(db, new Date())
  await place('lin', { recipient: '林薇', phone: '+8613800138000', email: 'Lin.Wei@qq.com' })
  await place('wang', { recipient: '王林', phone: '+8613911112222' })
  await place('zoe', { recipient: 'Zoë Ångström-Müller', phone: '+33612345678' })
  await place('pot', { sku: 'CPT-RT90-CEL' })
  await place('gone', {})
  await place('back', {})
  await pay('lin', 'wechatpay', '4200001234202611210000000099')
  await pay('back', 'alipay', '2026112122001400000000000001')
  await cancelOrder(known['gone']?.id ?? '', { actor: 'shopper', reason: null })
  await startToPay(known['pot']?.id ?? '', 'unionpay')
  await sql`
    insert into order_holds (order_id, reasons, held_by, held_at)
    values (${known['lin']?.id ?? ''}, '{}', 'system', now())`
  await requestRefund({
    requestId: crypto.randomUUID(),
    orderId: known['back']?.id ?? '',
    wish: { by: 'amount', amount: toFen(1n) },
    actor: 'staff:test',
    cause: 'staff',
    reason: null,
  })
})

const searches: [text: string | (() => string), names: string][] = [
  [() => known['lin']?.number ?? '', 'lin'],
  [() => (known['lin']?.number ?? '').slice(0, 9).toLowerCase(), 'lin'],
  [() => `${known['lin']?.outTradeNo}R01`, 'lin'],
  ['4200001234', 'lin'],
  ['4200001234202611210000000099', 'lin'],
  ['2026112122001400000000000001', 'back'],
  ['13800138000', 'lin'],
  ['+86 138 0013 8000', 'lin'],
  ['138-0013', 'lin'],
  ['8000', 'lin'],
  ['2222', 'wang'],
  ['lin.w', 'lin'],
  ['LIN.WEI@QQ.COM', 'lin'],
  ['林薇', 'lin'],
  ['薇', 'lin'],
  ['林', 'lin wang'],
  ['薇林', ''],
  ['zoe ang', 'zoe'],
  ['Müller', 'zoe'],
  ['muller zoe', 'zoe'],
  ['CPT-RT90', 'pot'],
  ['round teapot', 'pot'],
  ['圆壶', 'pot'],
  ['Théière ronde', 'pot'],
  ['%%%', ''],
  ['9', ''],
  ['nobody-of-that-name', ''],
]
const filters: [filter: Partial<OrderFilter>, names: string][] = [
  [{}, 'back gone lin pot wang zoe'],
  [{ state: 'cancelled' }, 'gone'],
  [{ state: 'confirmed' }, 'back lin'],
  [{ toSend: true }, 'back lin'],
  [{ fulfilment: 'shipped' }, ''],
  [{ payment: 'paid' }, 'back lin'],
  [{ payment: 'refunded' }, ''],
  [{ payment: 'review' }, ''],
  [{ afterSale: 'any' }, 'back'],
  [{ afterSale: 'open' }, ''],
  [{ held: true }, 'lin'],
  [{ held: true, text: '林' }, 'lin'],
  [{ payment: 'paying' }, 'pot'],
  [{ afterSale: 'none', state: 'confirmed' }, 'lin'],
  [{ provider: 'alipay' }, 'back'],
  [{ provider: 'alipay', text: '林' }, ''],
  [{ provider: 'wechatpay', text: '林' }, 'lin'],
  [{ from: '2020-01-01', to: '2020-12-31' }, ''],
  [{ from: '2020-01-01' }, 'back gone lin pot wang zoe'],
]

/** How far the terms are when they are asked. */
const PROGRESS: [how: string, bounds: OrderBounds, written: boolean][] = [
  ['by reading', BY_READING, false],
  ['by what happened since', BY_INDEX, false],
  ['by terms', BY_INDEX, true],
]
describe.each(PROGRESS)('%s', (_, bounds, written) => {
  beforeAll(async () => {
    // The first look sees how far it may go, the second goes.
    for (let look = 0; written && look < 2; look++) await writeOrderTerms()
  })

  test.each(searches)('%s finds %s', async (text, names) => {
    expect(await found({ text: typeof text === 'string' ? text : text() }, bounds)).toBe(names)
  })
  test.each(filters)('%j lets through %s', async (filter, names) => {
    expect(await found(filter, bounds)).toBe(names)
  })
})

async function walk(bounds: OrderBounds, filter: Partial<OrderFilter> = {}) {
  const ids: string[] = []
  let after: OrderCursor | null = null
  for (let pages = 0; pages < 100; pages++) {
    const page = await listOrders(permit, { ...EVERY_ORDER, ...filter }, { after, limit: 2, bounds })
    ids.push(...page.orders.map(({ id }) => id))
    if (!page.next) return ids
    after = page.next
  }
  throw new Error('the list has no end')
}

test('the pages hold each order once, newest first, also of those placed in one millisecond', async () => {
  const expected = (await sql<{ id: string }[]>`select id from orders order by placed_at desc, id desc`).map(
    ({ id }) => id,
  )
  expect(await walk(BY_INDEX)).toEqual(expected)
  // One at a time is looked at, so that every page stops and goes on.
  expect(await walk({ candidates: -1, entries: 1, looked: 1 }, { payment: 'unpaid' })).toEqual(
    await walk(BY_INDEX, { payment: 'unpaid' }),
  )
  const filter = { provider: 'alipay', state: 'confirmed' } as const
  expect(await walk({ candidates: 1, entries: 1, looked: 1 }, filter)).toEqual(await walk(BY_READING, filter))
  const placed = await sql`select id, placed_at from orders`
  await sql`update orders set placed_at = date_trunc('hour', placed_at)`
  expect(new Set(await walk(BY_INDEX))).toEqual(new Set(expected))
  await sql`update orders set placed_at = was.placed_at from json_to_recordset(${JSON.stringify(placed)}::text::json) as was (id uuid, placed_at timestamptz) where was.id = orders.id`
})

test('the short way for most names says the same as the long one', async () => {
  const names = [
    '林薇',
    '欧阳娜娜',
    '王小明',
    '王王',
    'Lin Wei',
    'Zoë',
    "O'Neil",
    '林 Wei',
    '阿迪力·买买提',
    'a  b',
    '',
    '李',
    '王小明明明',
  ]
  for (const name of names) {
    const [row] = await db.execute<{ same: boolean }>(
      raw`select name_words(${name}) = words_of_any_name(${name}) as same`,
    )
    expect([name, row?.same]).toEqual([name, true])
  }
})

test('nobody is found under a name that was taken away, and its terms are gone', async () => {
  const id = known['lin']?.id ?? ''
  const termsOf = () => sql`select from order_terms where order_id = ${id} and term like 'h:%'`
  expect(await termsOf()).toHaveLength(3)
  await sql`update orders set state = 'cancelled' where id = ${id}`
  await sql`insert into order_erasures (order_id, asked_at) values (${id}, now())`
  await eraseOrders(new Date())
  expect(await termsOf()).toHaveLength(0)
})
