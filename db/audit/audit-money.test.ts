import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import type { RefundWish } from '#lib/domain/decide-refund.ts'
import { toFen } from '#lib/domain/money.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { refreshFigures } from '../figures/refresh-figures.ts'
import { shipLines } from '../fulfilment/ship-lines.ts'
import { sealJournals } from '../ledger/seal-journals.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { orders } from '../orders/schema.ts'
import { endAttempt } from '../payments/end-attempt.ts'
import { recordMessage } from '../payments/record-message.ts'
import { settleAttempt } from '../payments/settle-attempt.ts'
import { startAttempt } from '../payments/start-attempt.ts'
import { requestRefund } from '../refunds/request-refund.ts'
import { refunds } from '../refunds/schema.ts'
import { settleRefund } from '../refunds/settle-refund.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { permitFor } from '../testing/permit-for.ts'
import { placeWithCode, sampleCoupon } from '../testing/sample-coupon.ts'
import { placeSample, stockOf } from '../testing/sample-order.ts'
import { askRules } from './ask-rules.ts'
import { auditMoney } from './audit-money.ts'
import { AUDIT_RULES } from './audit-rules.ts'

type Rule = keyof typeof AUDIT_RULES

/** Cheap enough that sending it costs something. */
const CUP = 'CPT-TC65-CEL'

async function start(orderId: string, scene: 'page' | 'qr') {
  const [order] = await db.select({ expiresAt: orders.expiresAt }).from(orders).where(eq(orders.id, orderId))
  if (!order) throw new Error('no order')
  const started = await startAttempt({ orderId, provider: 'alipay', scene, expiresAt: order.expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  const { attemptId, outTradeNo, amount } = started.value
  const pay = async () => {
    const now = new Date()
    const payment = {
      eventId: `paid:${outTradeNo}`,
      providerTradeNo: `trade-${outTradeNo}`,
      amount,
      currency: 'CNY',
      paidAt: now,
    }
    await settleAttempt({ provider: 'alipay', outTradeNo, source: 'notify', payment })
    await recordMessage({
      provider: 'alipay',
      source: 'notify',
      headers: new Headers(),
      body: Buffer.from('notified'),
      receivedAt: now,
      verdict: 'accepted',
      kind: 'paid',
      eventId: payment.eventId,
      outTradeNo,
      nonce: null,
    })
  }
  return { attemptId, pay }
}

async function giveBack(orderId: string, wish: RefundWish): Promise<string> {
  const requestId = randomUUID()
  const requested = await requestRefund({ requestId, orderId, wish, actor: 'staff:1', cause: 'staff', reason: null })
  if (!requested.ok) throw new Error(requested.error.code)
  const [refund] = await db.select({ id: refunds.id }).from(refunds).where(eq(refunds.requestId, requestId))
  if (!refund) throw new Error('no refund')
  return refund.id
}

async function sendOff(orderId: string) {
  const parcel = { parcelId: randomUUID(), carrier: 'sf', trackingNumber: 'SF1234567890123' } as const
  const sent = await shipLines(permitFor('orders.ship'), { ...parcel, orderId, lines: 'rest', ip: null })
  if (!sent.ok) throw new Error(sent.error.code)
}

async function cancelledWithAttempt() {
  const { orderId } = await placeSample({ [CUP]: 1 })
  const attempt = await start(orderId, 'page')
  await endAttempt(attempt.attemptId, 'closed', 'provider:alipay')
  await cancelOrder(orderId, { actor: 'shopper', reason: null })
  return { orderId, ...attempt }
}

/**
 * One order that is paid twice and given back in part, one that stands again by late money and whose refund is under
 * way, one whose late money finds its pieces gone, two with a coupon of which one gave it back, one that waits.
 */
beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  const paid = await placeSample({ [CUP]: 2 })
  const [first, second] = [await start(paid.orderId, 'page'), await start(paid.orderId, 'qr')]
  await first.pay()
  await second.pay()
  const lines = [{ position: 0, quantity: 1 }]
  const refundId = await giveBack(paid.orderId, { by: 'lines', lines, shipping: toFen(0n), restock: true })
  const report = { event: 'succeeded', refundedAt: new Date(), amount: null } as const
  await settleRefund({ refundId, report, source: 'query', now: new Date() })

  const late = await cancelledWithAttempt()
  await late.pay()
  await giveBack(late.orderId, { by: 'amount', amount: toFen(100n) })

  const hopeless = await cancelledWithAttempt()
  const shelf = await stockOf(CUP)
  const free = (shelf?.onHand ?? 0) - (shelf?.held ?? 0)
  await adjustStock({ sku: CUP, delta: -free, reason: 'count', actor: 'test' })
  await hopeless.pay()
  await adjustStock({ sku: CUP, delta: free, reason: 'count', actor: 'test' })

  await sendOff(late.orderId)
  await sampleCoupon('SPRING', { kind: 'fixed', amountFen: toFen(100n), usesAtMost: 1, usesPerCustomer: 1 })
  const discounted = await placeWithCode({ [CUP]: 1 }, 'SPRING')
  await cancelOrder(discounted.orderId, { actor: 'shopper', reason: null })
  await placeWithCode({ [CUP]: 1 }, 'SPRING')
  await placeSample({ [CUP]: 3 })
  await sealJournals()
  await refreshFigures()
})

test('a sound shop breaks no rule', async () => {
  expect(await auditMoney()).toEqual([])
})

const CAPTURE = `(select id from journals where kind = 'capture' order by booked_at limit 1)`
const PAID = `(select id from orders where state = 'confirmed' order by placed_at limit 1)`
const SENT = `(select order_id from parcels)`
const WAITING = `(select id from orders where state = 'pending_payment' and coupon_code is null)`

/** One violation for each rule, as somebody would make it who may do everything. */
const PLANTED: Readonly<Record<Rule, string>> = {
  journal_balances: `update ledger_entries set amount_fen = amount_fen + 1 where account = 'sales'`,
  journal_has_entries: `delete from ledger_entries where account = 'surplus'`,
  journal_sides: `update ledger_entries set account = 'fees' where account = 'sales'`,
  event_is_booked: `update ledger_entries set provider = 'wechatpay' where journal_id = ${CAPTURE}`,
  journal_books_event: `delete from payment_events where outcome = 'captured'`,
  clearing_is_events: `delete from ledger_entries where journal_id = ${CAPTURE}`,
  payment_is_its_ledger: `update journals set order_id = ${WAITING} where id = ${CAPTURE}`,
  promise_is_booked: `update journals set reference = 'order_event:0' where kind = 'refund_requested' and order_id = ${PAID}`,
  fees_are_bills: `update ledger_entries set account = 'fees' where account = 'shipping'`,
  promised_is_under_way: `update ledger_entries set amount_fen = amount_fen - 1 where account = 'refunds_payable'`,
  surplus_is_claimed: `update ledger_entries set amount_fen = amount_fen - 1 where account = 'surplus'`,
  journal_will_be_sealed: `delete from journal_seals`,
  journal_is_sealed_soon: `insert into unsealed_journals (journal_id) select id from journals; update journals set booked_at = now() - interval '6 min'`,
  books_are_locked: `alter table journals disable trigger journals_append_only`,
  books_are_closed_to_shop: `do $$ begin execute format('create role %I', left(current_database(), 58) || '_shop'); execute format('grant update on journals to %I', left(current_database(), 58) || '_shop'); end $$`,
  captured_is_events: `update payments set captured_fen = captured_fen + 1`,
  refunded_is_events: `update payments set refunded_fen = refunded_fen + 1 where captured_fen > 0`,
  attempt_is_its_event: `update payment_attempts set state = 'closed' where state = 'succeeded'`,
  confirmed_by_capture: `update payment_events set currency = 'USD' where outcome = 'captured'`,
  capture_is_total: `update payment_events set amount_fen = amount_fen + 1 where outcome = 'captured'`,
  trade_counts_once: `update payment_events set provider_trade_no = 'one'`,
  kept_is_owed: `update ledger_entries set amount_fen = amount_fen * 2 where account = 'sales'; update journals set booked_at = now() - interval '1 hour'`,
  surplus_goes_back: `delete from refunds_due where reason = 'surplus'`,
  held_is_pending: `update stock set held = held + 1 where variant_id = (select min(variant_id) from stock)`,
  stock_is_movements: `update stock set on_hand = on_hand + 1 where variant_id = (select min(variant_id) from stock)`,
  sold_is_ordered: `delete from stock_movements where reason = 'sold'`,
  refund_is_its_event: `update refunds set amount_fen = amount_fen - 1 where state = 'succeeded'`,
  refunding_is_open_refunds: `update payments set refunding_fen = 0`,
  refunds_within_payment: `update refunds set amount_fen = 10000000`,
  refunded_units_within_order: `update refund_lines set quantity = 9`,
  request_is_its_refunds: `update refunds set state = 'failed' where state = 'pending'`,
  returned_is_restocked: `update refund_lines set restocked = false`,
  request_is_last_event: `update refund_requests set state = 'approved'`,
  events_are_a_chain: `delete from order_events where event = 'placed' and order_id = ${PAID}`,
  state_is_last_event: `update orders set fulfilment = 'shipped' where id = ${PAID}`,
  transition_is_legal: `insert into order_events (order_id, axis, event, from_state, to_state, actor, at) values (${PAID}, 'order', 'deadline_passed', 'confirmed', 'expired', 'system', now())`,
  total_is_its_parts: `update order_lines set quantity = quantity + 1`,
  total_is_asked_for: `update payments set amount_fen = amount_fen - 1`,
  discount_is_its_shares: `update order_lines set discount_fen = discount_fen + 1`,
  discount_has_its_coupon: `delete from coupon_uses`,
  coupon_is_held_by_order: `update coupon_uses set given_back_at = null`,
  coupon_uses_are_orders: `update coupon_uses set counted = false`,
  customer_uses_are_orders: `delete from coupon_customers`,
  request_has_one_order: `alter table orders drop constraint "orders_requestHash_unique"; update orders set request_hash = ''`,
  sent_within_order: `update parcel_lines set quantity = 9`,
  came_back_was_sent: `update refund_lines set came_back = 1, unsent = 0 where order_id <> ${SENT}`,
  sent_was_paid: `update parcels set order_id = ${WAITING}`,
  fulfilment_is_its_parcels: `update parcels set delivered_at = now(), delivered_by = 'system'`,
  message_was_applied: `update payment_messages set received_at = now() - interval '5 min', event_id = 'another'; update payment_messages set out_trade_no = 'unknown'`,
  refund_notice_was_applied: `insert into payment_messages (provider, source, headers, body, verdict, kind, event_id, out_trade_no, received_at) select 'alipay', 'notify', '{}', '', 'accepted', 'refunded', 'refunded:1', out_trade_no, now() - interval '5 min' from payment_attempts join payment_events on attempt_id = payment_attempts.id where outcome = 'surplus'`,
  event_was_heard: `delete from payment_messages; update payment_events set recorded_at = now() - interval '2 days'`,
  order_ends_in_time: `update orders set expires_at = now() - interval '3 min' where id = ${WAITING}`,
  attempt_is_asked_about: `update payment_attempts set next_query_at = now() - interval '3 min'`,
  refund_is_pursued: `update refunds set next_check_at = null`,
  claim_is_paid_out: `update refunds_due set created_at = now() - interval '3 min'`,
  job_is_done: `update pgboss.job set start_after = now() - interval '3 min'`,
  job_failed_for_good: `update pgboss.job set name = 'dead-jobs'`,
  paid_order_has_mail: `delete from pgboss.job; update payments set paid_at = now() - interval '1 hour'`,
  figures_are_the_books: `update figure_days set closed = true; update figure_orders set paid = paid + 1`,
  figures_are_fresh: `insert into figure_notes (day, noted_at) values ('2026-11-01', now() - interval '11 min')`,
  payment_is_known_soon: `update payment_events set recorded_at = occurred_at + interval '40 minutes'`,
}

class Undo extends Error {}

/** What a rule finds once this was done; nothing of it stays. */
async function findAfter(rule: Rule, planted: string): Promise<string[]> {
  let found: string[] = []
  const undone = sql.begin(async (tx: TransactionSql) => {
    await tx`set local session_replication_role = replica`
    await tx.unsafe(planted)
    found = (await askRules(tx, { [rule]: AUDIT_RULES[rule] }, new Date())).map(({ what }) => what)
    throw new Undo()
  })
  await expect(undone).rejects.toThrow(Undo)
  return found
}

test.each(Object.entries(PLANTED) as [Rule, string][])('%s finds what was planted', async (rule, planted) => {
  expect((await findAfter(rule, planted)).length).toBeGreaterThan(0)
})

test('a finding names the thing and the difference', async () => {
  const [what] = await findAfter('captured_is_events', PLANTED.captured_is_events)
  expect(what).toMatch(/^payment [0-9a-f-]{36}: \d+ fen, events \d+ fen$/)
})

test('an audit writes nothing and sees one moment, whatever is sold meanwhile', async () => {
  const audits = Promise.all(Array.from({ length: 5 }, () => auditMoney({ delays: false })))
  const sold = Array.from({ length: 10 }, async () => {
    const order = await placeSample({ [CUP]: 1 })
    const attempt = await start(order.orderId, 'page')
    await attempt.pay()
  })
  await Promise.all(sold)
  expect(await audits).toEqual([[], [], [], [], []])
})
