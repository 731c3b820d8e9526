import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { listOrdersToSend } from '#db/fulfilment/list-orders-to-send.ts'
import { shipLines } from '#db/fulfilment/ship-lines.ts'
import { takeFromSource } from '#db/limits/take-from-source.ts'
import { offerAllTheSame } from '#db/providers/offer-all-the-same.ts'
import { readOffering } from '#db/providers/read-offering.ts'
import { recordCall } from '#db/providers/record-call.ts'
import { holdOrder } from '#db/risk/hold-order.ts'
import { holdSuspiciousOrders } from '#db/risk/hold-orders.ts'
import { noteRefusal } from '#db/risk/note-refusal.ts'
import { findHold, releaseOrder } from '#db/risk/release-order.ts'
import { listSlowedSources, releaseSource, slowAbusiveSources } from '#db/risk/slow-sources.ts'
import { placePaid } from '#db/testing/paid-order.ts'
import { permitFor } from '#db/testing/permit-for.ts'
import { chooseOffer } from '../checkout/offer-now.ts'
import { probeProvider } from '../jobs/probe-provider.ts'
import { watchShop } from '../jobs/watch-shop.ts'
import type { PaymentProvider } from '../payments/port.ts'

const CUP = 'CPT-TC65-CEL'
const mayWork = permitFor('incidents.work')
const mayShip = permitFor('orders.ship')

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate incidents, provider_calls, hidden_ways, offering_overrides, slowed_sources, limit_refusals, risk_marks cascade`
  await sql`delete from pgboss.job`
})

const audited = async (kind: string) => {
  const rows = await sql<{ action: string }[]>`select action from audit_log where about_kind = ${kind} order by id`
  return rows.map(({ action }) => action)
}
const openIncidents = async () => {
  const rows = await sql<{ kind: string }[]>`select kind from incidents where settled_at is null order by 1`
  return rows.map(({ kind }) => kind)
}

/** A gateway with a clock of its own: while it is dead, each call costs the ten seconds that we wait. */
function deadGateway(start: Date) {
  let at = start.getTime()
  let isDead = true
  const clock = () => new Date(at)
  const query = async () => {
    if (isDead) at += 10_000
    return isDead
      ? { ok: false, error: { code: 'unknown', reason: 'time-out' } }
      : { ok: true, value: { state: 'not_found' } }
  }
  const providers = new Map([['alipay' as const, { query } as unknown as PaymentProvider]])
  return {
    clock,
    providers,
    heal: () => {
      isDead = false
    },
    wait: (ms: number) => {
      at += ms
    },
  }
}

test('a dead provider is hidden and told within 60 s, and back within 120 s, by one shopper’s call and our probes', async () => {
  const start = new Date()
  const gateway = deadGateway(start)
  const secondsSince = (from: Date) => (gateway.clock().getTime() - from.getTime()) / 1_000
  const isHidden = async () => (await readOffering(gateway.clock())).unoffered.has('alipay')
  const due = async () => {
    const rows = await sql`
      delete from pgboss.job where name = 'probe-provider' and start_after <= ${gateway.clock().toISOString()} returning id`
    return rows.length > 0
  }
  const nextSecond = async () => {
    if (await due()) await probeProvider(gateway.providers, 'alipay', gateway.clock(), gateway.clock)
    else gateway.wait(1_000)
  }
  let looked = start
  const watchEach20s = async () => {
    if (secondsSince(looked) < 20) return
    looked = gateway.clock()
    await watchShop(looked)
  }

  // One shopper scans a code that never comes.
  await gateway.providers.get('alipay')?.query({ outTradeNo: 'x', startedAt: start })
  await recordCall({ provider: 'alipay', call: 'query', answered: false, startedAt: start }, gateway.clock())
  while (!(await isHidden()) && secondsSince(start) < 300) await nextSecond()
  expect(secondsSince(start)).toBeLessThanOrEqual(60)
  while (!(await openIncidents()).includes('provider_silent') && secondsSince(start) < 300) {
    await nextSecond()
    await watchEach20s()
  }
  expect(secondsSince(start)).toBeLessThanOrEqual(60)

  for (let seconds = 0; seconds < 120; seconds += 15) await nextSecond()
  expect(await isHidden()).toBe(true)
  gateway.heal()
  const healed = gateway.clock()
  while ((await isHidden()) && secondsSince(healed) < 300) await nextSecond()
  expect(secondsSince(healed)).toBeLessThanOrEqual(120)
  await watchShop(gateway.clock())
  expect(await audited('provider')).toEqual(['way.hidden', 'way.restored'])
}, 60_000)

const begin = (order: string, refused: boolean, now: Date) =>
  recordCall(
    { provider: 'wechatpay', call: 'create', answered: true, startedAt: now, scene: 'h5', order, refused },
    now,
  )
const PHONE = new Headers({ 'sec-ch-ua-mobile': '?1' })
const PROVIDERS = new Map([
  ['alipay' as const, { scenes: ['page', 'wap', 'qr'] as const }],
  ['wechatpay' as const, { scenes: ['qr', 'h5'] as const }],
])

test('a way that fails for three orders rests for a minute where it is offered, and is back with its first success', async () => {
  const now = new Date()
  const later = (s: number) => new Date(now.getTime() + s * 1_000)
  for (const [n, order] of ['a', 'b', 'c'].entries()) await begin(order, true, later(n - 3))
  const offering = await readOffering(now)
  expect([...offering.resting]).toEqual(['wechatpay_h5'])
  expect(chooseOffer(PHONE, PROVIDERS, offering)).toMatchObject({
    offered: ['alipay'],
    away: new Map([['wechatpay', 'resting']]),
  })
  expect(chooseOffer(new Headers(), PROVIDERS, offering).offered).toEqual(['alipay', 'wechatpay'])
  expect((await watchShop(now)).opened).toContain('method_failing')
  expect([...(await readOffering(later(60))).resting]).toEqual([])
  await begin('d', false, later(61))
  await sql`delete from pgboss.job`
  expect([...(await readOffering(later(62))).resting]).toEqual([])
  await watchShop(later(62))
  expect((await audited('provider')).slice(-2)).toEqual(['way.hidden', 'way.restored'])
  expect(await openIncidents()).toEqual([])
})

test('a slow provider is offered after the others and says so; a person can offer a hidden one all the same', async () => {
  const now = new Date()
  const slow = new Date(now.getTime() - 6_000)
  for (let n = 0; n < 2; n++)
    await recordCall({ provider: 'alipay', call: 'query', answered: true, startedAt: slow }, now)
  expect(chooseOffer(new Headers(), PROVIDERS, await readOffering(now))).toMatchObject({
    offered: ['wechatpay', 'alipay'],
    away: new Map([['alipay', 'doubtful']]),
  })
  for (let n = 0; n < 3; n++)
    await recordCall({ provider: 'alipay', call: 'query', answered: false, startedAt: slow }, now)
  expect((await readOffering(now)).unoffered).toEqual(new Map([['alipay', 'unreachable']]))
  await offerAllTheSame(mayWork, 'alipay', 'only our monitoring is blind', now)
  expect((await readOffering(now)).unoffered).toEqual(new Map())
  expect((await readOffering(new Date(now.getTime() + 3_600_001))).unoffered).toEqual(new Map())
  expect((await audited('provider')).at(-1)).toBe('provider.offered')
})

test('a paid order that looks odd is held, cannot be sent, and is let go once by a person', async () => {
  const now = new Date()
  await holdSuspiciousOrders(now)
  const placed: string[] = []
  for (let n = 0; n < 6; n++) {
    const paid = await placePaid({ [CUP]: 1 })
    await sql`update orders set email = ${`buyer${n}@example.com`} where id = ${paid.orderId}`
    placed.push(paid.orderId)
  }
  const held = (await watchShop(now)).held
  expect(held).toHaveLength(6)
  expect((await watchShop(now)).held).toEqual([])
  expect((await listOrdersToSend(mayShip)).orders.filter(({ id }) => placed.includes(id))).toEqual([])
  const [orderId = ''] = placed
  const ship = () =>
    shipLines(mayShip, {
      parcelId: crypto.randomUUID(),
      orderId,
      lines: 'rest',
      carrier: 'sf',
      trackingNumber: 'SF1234567890123',
      ip: null,
    })
  expect(await ship()).toEqual({ ok: false, error: { code: 'held' } })
  const release = () => releaseOrder(mayWork, { orderId, note: 'a wedding list', ip: null })
  expect(await Promise.all([release(), release()])).toContainEqual({ ok: false, error: { code: 'not_held' } })
  expect(await ship()).toMatchObject({ ok: true })
  await sql`truncate risk_marks`
  await sql`insert into risk_marks values ('orders_judged', 0)`
  expect((await watchShop(now)).held).toEqual([])
  expect(await openIncidents()).toEqual(Array(5).fill('order_held'))
  const about = await sql<{ action: string }[]>`
    select action from audit_log where about_id = ${orderId} and action like 'order.%' order by id`
  expect(about.map(({ action }) => action)).toEqual(['order.held', 'order.released'])
})

test('a person holds an order with a reason, once, lets it go, and holds it again', async () => {
  const { orderId } = await placePaid({ [CUP]: 1 })
  const hold = (reason: string) => holdOrder(mayWork, { orderId, reason, ip: null })
  const both = await Promise.all([hold('the buyer asked us to wait'), hold('the buyer asked us to wait')])
  expect(both).toContainEqual({ ok: true, value: null })
  expect(both).toContainEqual({ ok: false, error: { code: 'hindered', by: 'held' } })
  expect((await listOrdersToSend(mayShip)).orders.filter(({ id }) => id === orderId)).toEqual([])
  expect(await releaseOrder(mayWork, { orderId, note: 'now it may go', ip: null })).toMatchObject({ ok: true })
  expect((await listOrdersToSend(mayShip)).orders.filter(({ id }) => id === orderId)).toHaveLength(1)
  expect(await hold('another street was promised')).toMatchObject({ ok: true })
  expect(await findHold(db, orderId)).toMatchObject({
    reasons: { by_hand: { reason: 'another street was promised' } },
    endedAt: null,
    note: null,
  })
  const events = await sql<{ event: string }[]>`
    select event from order_events where order_id = ${orderId} and axis = 'order' order by id desc limit 3`
  expect(events.map(({ event }) => event)).toEqual(['held', 'released', 'held'])
  await sql`update orders set fulfilment = 'delivered' where id = ${orderId}`
  await releaseOrder(mayWork, { orderId, note: 'it is there', ip: null })
  expect(await hold('too late')).toEqual({ ok: false, error: { code: 'hindered', by: 'all_sent' } })
})

test('each of a crowd is held once its last one came, though the others were judged before and found well', async () => {
  const now = new Date()
  const pay = async (n: number) => {
    const { orderId } = await placePaid({ [CUP]: 1 })
    await sql`update orders set email = ${`buyer${n}@example.com`} where id = ${orderId}`
    await sql`update order_addresses set street = '7 Crowded Lane' where order_id = ${orderId}`
  }
  for (let n = 0; n < 5; n++) await pay(n)
  expect((await watchShop(now)).held).toEqual([])
  // So that only what is new is looked at again.
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update payment_events set recorded_at = recorded_at - interval '1 hour'`
  })
  await pay(5)
  expect((await watchShop(now)).held).toHaveLength(6)
})

test('who goes on where they are turned away is slowed down for half an hour, and a person can end it', async () => {
  const now = new Date()
  const source = '192.0.2.77'
  const ago = (s: number) => new Date(now.getTime() - s * 1_000)
  for (let s = 120; s >= 0; s -= 5) await noteRefusal(source, 'coupon', ago(s))
  expect(await sql`select from limit_refusals`).toHaveLength(13)
  expect(await slowAbusiveSources(now)).toEqual([source])
  expect(await slowAbusiveSources(now)).toEqual([])
  expect(await listSlowedSources(now)).toEqual([source])
  const tries = []
  for (let n = 0; n < 12; n++) tries.push((await takeFromSource('look-up', source)).ok)
  expect(tries.filter(Boolean)).toHaveLength(10)
  expect((await takeFromSource('look-up', '192.0.2.78')).ok).toBe(true)
  expect(await listSlowedSources(new Date(now.getTime() + 1_800_001))).toEqual([])
  expect((await releaseSource(mayWork, { source, note: 'a school', ip: null }, now)).ok).toBe(true)
  expect(await listSlowedSources(now)).toEqual([])
  expect(await slowAbusiveSources(now)).toEqual([])
  expect(await openIncidents()).toEqual([])
  expect(await audited('source')).toEqual(['source.slowed', 'source.released'])
})
