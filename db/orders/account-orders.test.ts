import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseOrderNumber } from '#lib/domain/order-number.ts'
import { accounts } from '../accounts/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { placeSample, setStock } from '../testing/sample-order.ts'
import { addOrderLink } from './add-order-link.ts'
import { claimOrder, claimOrdersByEmail, listClaimableOrders } from './claim-order.ts'
import { findAccountOrder, findOrder } from './find-order.ts'
import { findSharedOrder } from './find-shared-order.ts'
import { accountOrders, listAccountOrders, type OrderCursor } from './list-account-orders.ts'
import { openAccountOrder, openOrder, openPayment } from './open-order.ts'
import { addOrderTicket, checkOrderTicket, findOrderToMail, spendOrderTicket } from './order-ticket.ts'
import { orders } from './schema.ts'
import { endPaymentLink, findPaymentLink, sharePayment } from './share-payment.ts'

const TEAPOT = 'CPT-RT90-CEL'
const NOW = new Date('2026-11-21T12:00:00Z')
const ALL = { filter: 'all', search: '', after: null } as const

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, accounts cascade`
  await setStock(TEAPOT, 50)
})

async function newAccount(email = `${randomUUID()}@example.com`, confirmedAt: Date | null = NOW): Promise<string> {
  const [account] = await db.insert(accounts).values({ email, locale: 'en', confirmedAt }).returning()
  if (!account) throw new Error('no account')
  return account.id
}
async function orderOf(accountId: string | null, now = NOW) {
  const placed = await placeSample({ [TEAPOT]: 1 }, now)
  await db.update(orders).set({ accountId }).where(eq(orders.id, placed.orderId))
  return placed
}

/** Ten thousand orders of one customer, and as many of others, a minute apart. */
async function fillOrders(accountId: string) {
  const { orderId } = await orderOf(null)
  await sql`
    with made as (
      select n, gen_random_uuid() as id, case when n % 2 = 0 then ${accountId}::uuid end as account_id,
        '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 minute' as placed_at
      from generate_series(1, 20000) as n
    ), ordered as (
      insert into orders (id, number, request_hash, input_hash, account_id, locale, state, email, phone, shipping_method,
        subtotal_fen, discount_fen, shipping_fen, total_fen, placed_at, expires_at)
      select id, 'N' || n, sha256(n::text::bytea), sha256(n::text::bytea), account_id, 'zh',
        case when n % 100 = 0 then 'cancelled' else 'confirmed' end, 'a@example.com', '13800138000', 'standard', 100, 0, 0,
        100, placed_at, placed_at
      from made
    ), owed as (
      insert into payments (order_id, amount_fen) select id, 100 from made
    )
    insert into order_lines (order_id, position, variant_id, sku, product_slug, variant_slug, name, options, image,
      unit_price_fen, quantity)
    select made.id, 0, variant_id, sku, product_slug, variant_slug,
      case when n = 4242 then jsonb_build_object('en', 'Moon 50% jar', 'fr', 'Jarre de lune', 'zh', '月罐') else name end,
      options, image, 100, 1
    from made, order_lines where order_lines.order_id = ${orderId}`
  await sql`analyze orders, payments, order_lines`
}

/** Pages of 8 KB that a query looks at, and whether it sorts. */
async function costOf(query: { toSQL(): { sql: string; params: unknown[] } }) {
  const { sql: text, params } = query.toSQL()
  type Explained = { readonly 'QUERY PLAN': [{ readonly Plan: Readonly<Record<string, number>> }] }
  const [row] = await sql.unsafe<Explained[]>(`explain (analyze, buffers, format json) ${text}`, params as never[])
  const plan = row?.['QUERY PLAN'][0].Plan ?? {}
  const shape = JSON.stringify(plan)
  return { buffers: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0), shape }
}

describe('the list of a customer with 10,000 orders', () => {
  test('its hundredth page costs what the first does, by the index, and pages neither skip nor repeat', async () => {
    const accountId = await newAccount()
    await fillOrders(accountId)
    const cursors: (OrderCursor | null)[] = [null]
    const seen: string[] = []
    for (let page = 1; page <= 100; page++) {
      const { orders: listed, next } = await listAccountOrders(accountId, { ...ALL, after: cursors.at(-1) ?? null })
      seen.push(...listed.map(({ number }) => number))
      cursors.push(next)
    }
    expect(seen).toEqual(Array.from({ length: 2_000 }, (_, place) => `N${20_000 - 2 * place}`))

    const first = await costOf(accountOrders(accountId, ALL))
    const hundredth = await costOf(accountOrders(accountId, { ...ALL, after: cursors[99] ?? null }))
    expect(first.shape).toContain('orders_account')
    expect(hundredth.shape).toContain('orders_account')
    expect(hundredth.shape).not.toContain('"Node Type":"Sort"')
    expect(hundredth.buffers / first.buffers).toBeLessThan(1.2)

    const found = await listAccountOrders(accountId, { ...ALL, search: 'moon 50% J' })
    expect(found.orders.map(({ number }) => number)).toEqual(['N4242'])
    expect(found.next).toBeNull()
    expect((await listAccountOrders(accountId, { ...ALL, search: '月' })).orders).toHaveLength(1)
    expect((await listAccountOrders(accountId, { ...ALL, search: 'n 19998' })).orders).toHaveLength(1)
    expect((await listAccountOrders(accountId, { ...ALL, search: '_' })).orders).toHaveLength(0)
    const ended = await listAccountOrders(accountId, { ...ALL, filter: 'ended' })
    expect(ended.orders.map(({ state }) => state)).toEqual(Array(20).fill('cancelled'))
    expect((await listAccountOrders(accountId, { ...ALL, filter: 'to_pay' })).orders).toEqual([])
  })
})

test("somebody else's order is as one that is not there", async () => {
  const [mine, theirs] = [await newAccount(), await newAccount()]
  const { number, orderId } = await orderOf(mine)
  expect((await findAccountOrder(mine, number))?.id).toBe(orderId)
  expect((await openAccountOrder(mine, number))?.id).toBe(orderId)
  for (const account of [theirs, randomUUID()]) {
    expect(await findAccountOrder(account, number)).toBeNull()
    expect(await openAccountOrder(account, number)).toBeNull()
    expect((await listAccountOrders(account, ALL)).orders).toEqual([])
  }
  const guests = await orderOf(null)
  expect(await findAccountOrder(mine, guests.number)).toBeNull()
})

describe('claiming', () => {
  test('by its link: once, by whoever is first, and again by the same without harm', async () => {
    const [first, second] = [await newAccount(), await newAccount()]
    const { number, secret } = await orderOf(null)
    const claims = await Promise.all([first, second].map((account) => claimOrder(account, secret)))
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1)
    const owner = claims[0]?.ok ? first : second
    const other = owner === first ? second : first
    expect(await claimOrder(owner, secret)).toEqual({ ok: true, value: number })
    expect(await claimOrder(other, secret)).toEqual({ ok: false, error: { code: 'claimed_before' } })
    expect(await claimOrder(other, 'x'.repeat(43))).toEqual({ ok: false, error: { code: 'unknown_order' } })
    expect((await findOrder(secret))?.accountId).toBe(owner)
  })

  test('by the e-mail: offered only once it is confirmed, and never what another account has', async () => {
    const { number, orderId } = await orderOf(null)
    const other = await orderOf(await newAccount())
    const unconfirmed = await newAccount('lin@example.com', null)
    expect(await listClaimableOrders(unconfirmed)).toEqual([])
    expect(await claimOrdersByEmail(unconfirmed)).toBe(0)
    await db.update(accounts).set({ confirmedAt: NOW }).where(eq(accounts.id, unconfirmed))
    expect(await listClaimableOrders(unconfirmed)).toMatchObject([{ id: orderId, number }])
    expect(await claimOrdersByEmail(unconfirmed)).toBe(1)
    expect(await findAccountOrder(unconfirmed, number)).not.toBeNull()
    expect(await findAccountOrder(unconfirmed, other.number)).toBeNull()
    expect(await claimOrdersByEmail(unconfirmed)).toBe(0)
  })
})

describe('somebody else pays', () => {
  test('one link at a time, which opens the payment and not the order, and tells nothing of who ordered', async () => {
    const { orderId, secret: own } = await placeSample({ [TEAPOT]: 1 })
    const first = await sharePayment(orderId)
    const second = await sharePayment(orderId)
    if (!first.ok || !second.ok) throw new Error('not shared')
    expect(await findPaymentLink(orderId)).toBe(second.value)
    expect(await openPayment(first.value)).toMatchObject({ id: orderId, by: 'payment_link', ended: true })
    expect(await openPayment(second.value)).toMatchObject({ id: orderId, by: 'payment_link', ended: false })
    expect(await openPayment(own)).toMatchObject({ id: orderId, by: 'order_link' })
    expect(await openOrder(second.value)).toBeNull()
    expect(await findOrder(second.value)).toBeNull()

    const shared = await findSharedOrder(second.value)
    expect(shared?.lines).toHaveLength(1)
    const told = JSON.stringify(shared, (_key, value) => (typeof value === 'bigint' ? String(value) : value))
    expect(told).not.toMatch(/lin@example|13800138000|Lin Wei|龙井路|杭州/)
    expect(await findSharedOrder(own)).toBeNull()

    await endPaymentLink(orderId)
    expect(await openPayment(second.value)).toMatchObject({ ended: true })
    expect(await findPaymentLink(orderId)).toBeNull()
  })

  test('a hundred wishes at once leave one open link, and an order that is over has none', async () => {
    const { orderId } = await placeSample({ [TEAPOT]: 1 })
    const made = await Promise.all(Array.from({ length: 100 }, () => sharePayment(orderId)))
    expect(made.every(({ ok }) => ok)).toBe(true)
    const open = await sql`select from payment_links where order_id = ${orderId} and ended_at is null`
    expect(open).toHaveLength(1)
    const late = new Date(Date.now() + 3_600_000)
    expect(await sharePayment(orderId, late)).toEqual({ ok: false, error: { code: 'not_payable' } })
    await db.update(orders).set({ state: 'confirmed' }).where(eq(orders.id, orderId))
    expect(await sharePayment(orderId)).toEqual({ ok: false, error: { code: 'not_payable' } })
  })
})

describe('a ticket to a guest’s order', () => {
  const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

  test('opens it once, whoever is fastest', async () => {
    const { orderId } = await orderOf(null)
    const ticket = await addOrderTicket(orderId, NOW)
    expect(await checkOrderTicket(ticket, later(59))).toEqual({ ok: true, value: null })
    const spent = await Promise.all(Array.from({ length: 8 }, () => spendOrderTicket(ticket, later(59))))
    const opened = spent.flatMap((result) => (result.ok ? [result.value] : []))
    expect(opened).toHaveLength(1)
    expect((await openOrder(opened[0] ?? ''))?.id).toBe(orderId)
    expect(await checkOrderTicket(ticket, later(59))).toEqual({ ok: false, error: { code: 'used' } })
    expect(await openOrder(ticket)).toBeNull()
  })

  test('is good for an hour, and only what we made is one', async () => {
    const { orderId } = await orderOf(null)
    const ticket = await addOrderTicket(orderId, NOW)
    expect(await spendOrderTicket(ticket, later(60))).toEqual({ ok: false, error: { code: 'expired' } })
    const link = await addOrderLink(orderId)
    expect(await spendOrderTicket(link, NOW)).toEqual({ ok: false, error: { code: 'unknown' } })
  })

  test('goes only to the e-mail that the order has, and not without end', async () => {
    const { orderId, number } = await orderOf(null)
    expect(await findOrderToMail(number, 'lin@example.com', NOW)).toBe(orderId)
    expect(await findOrderToMail(number, 'other@example.com', NOW)).toBeNull()
    const another = parseOrderNumber((await orderOf(null)).number)
    expect(another && (await findOrderToMail(another, 'nobody@example.com', NOW))).toBeNull()
    for (let sent = 0; sent < 5; sent++) await addOrderTicket(orderId, NOW)
    expect(await findOrderToMail(number, 'lin@example.com', NOW)).toBeNull()
    expect(await findOrderToMail(number, 'lin@example.com', later(61))).toBe(orderId)
  })
})
