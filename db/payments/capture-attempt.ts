import 'server-only'
import { ATTEMPT_STATES, nextAttemptState, OPEN_ATTEMPT_STATES } from '#lib/domain/attempt-state.ts'
import { nextOrderState, ORDER_STATES } from '#lib/domain/order-state.ts'
import type { PaidReport } from '#lib/domain/settlement.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'
import { insertJobs } from '../jobs/insert-jobs.ts'
import { announceOrder } from '../orders/announce-order.ts'
import { type AcceptedMessage, insertMessage } from './record-message.ts'
import type { EVENT_SOURCES } from './schema.ts'

/** A payment that a provider told us of, signature checked. */
export type Capture = {
  readonly provider: ProviderName
  readonly outTradeNo: string
  /** To the second, where the provider says so: an attempt that began at another time is not the one it speaks of. */
  readonly startedAt?: Date | undefined
  readonly payment: PaidReport & { readonly paidAt: Date }
  /** How we heard of it. */
  readonly source: (typeof EVENT_SOURCES)[number]
}

const CAPTURABLE = ATTEMPT_STATES.filter((state) => nextAttemptState(state, 'captured') !== null)
const AWAITING = ORDER_STATES.filter((state) => nextOrderState(state, 'payment_captured') !== null)

export type CaptureOutcome = {
  /** Null when we have no such attempt. */
  readonly orderId: string | null
  /** True when this very call confirmed the order. */
  readonly captured: boolean
  /** True when the event was applied before, whatever came of it. */
  readonly known: boolean
  /** True when the message that told of it was kept with it: not a replay, and the money is booked. */
  readonly kept: boolean
}

/**
 * The usual end of a payment in one statement: event, attempt, payment, order, stock, ledger and follow-up jobs, or
 * nothing at all. Its conditions are `decideSettlement()`'s for `capture`; everything else is left to
 * `settle-attempt.ts`. Locks payment, order, attempt, stock in this order. The other open attempts of the payment get
 * a query at once, which closes them: the shopper must not pay twice.
 * @param message that told of it, kept by the same statement when its event is applied or was before.
 */
export async function captureAttempt(
  { provider, outTradeNo, startedAt, payment, source }: Capture,
  message?: AcceptedMessage,
): Promise<CaptureOutcome> {
  const amount = payment.amount.toString()
  const startedSecond = startedAt?.toISOString() ?? null
  const paidAt = payment.paidAt.toISOString()
  const actor = `provider:${provider}`
  const [outcome] = await sql<[{ order_id: string | null; captured: boolean; known: boolean; kept: boolean }]>`
    with attempt as materialized (
      select id, payment_id from payment_attempts
      where provider = ${provider} and out_trade_no = ${outTradeNo}
        and (${startedSecond}::timestamptz is null or date_trunc('second', started_at) = ${startedSecond}::timestamptz)
    ), payment as materialized (
      select id, order_id, state from payments
      where id = (select payment_id from attempt) and captured_fen = 0
      for update
    ), ordered as materialized (
      select id, state, subtotal_fen, discount_fen, shipping_fen from orders
      where id = (select order_id from payment) and state = any (${AWAITING})
      for update
    ), paying as materialized (
      select id, state from payment_attempts
      where id = (select id from attempt) and exists (select from ordered) and state = any (${CAPTURABLE})
        and amount_fen = ${amount}::bigint and currency = ${payment.currency}
      for update
    ), event as (
      insert into payment_events
        (provider, event_id, attempt_id, source, outcome, provider_trade_no, amount_fen, currency, occurred_at)
      select ${provider}, ${payment.eventId}, id, ${source}, 'captured', ${payment.providerTradeNo},
        ${amount}::bigint, ${payment.currency}, ${paidAt}::timestamptz
      from paying
      on conflict (provider, event_id) do nothing
      returning id
    ), attempt_succeeded as (
      update payment_attempts
      set state = 'succeeded', provider_trade_no = ${payment.providerTradeNo}, paid_at = ${paidAt}::timestamptz,
        next_query_at = null
      where id = (select id from paying) and exists (select from event)
    ), payment_captured as (
      update payments
      set captured_fen = ${amount}::bigint, paid_at = ${paidAt}::timestamptz,
        state = case state when 'review' then state else 'paid' end
      where id = (select id from payment) and exists (select from event)
      returning state
    ), order_confirmed as (
      update orders set state = 'confirmed' where id = (select id from ordered) and exists (select from event)
    ), events_written as (
      insert into order_events (order_id, axis, event, from_state, to_state, actor, reason, at)
      select ordered.id, 'payment', 'captured', payment.state, payment_captured.state, ${actor}, ${source},
        clock_timestamp()
      from ordered, payment, payment_captured
      union all
      select id, 'order', 'payment_captured', state, 'confirmed', ${actor}, ${source}, clock_timestamp()
      from ordered where exists (select from event)
    ), line as materialized (
      select variant_id, quantity from order_lines
      where order_id = (select id from ordered) and exists (select from event)
    ), units as materialized (
      select variant_id from stock where variant_id in (select variant_id from line) order by variant_id for update
    ), sold as (
      update stock set on_hand = stock.on_hand - line.quantity, held = stock.held - line.quantity
      from units join line using (variant_id) where stock.variant_id = units.variant_id
    ), moved as (
      insert into stock_movements (variant_id, quantity, reason, actor, order_id)
      select variant_id, -quantity, 'sold', ${actor}, (select id from ordered) from line
    ), journal as (
      insert into journals (kind, order_id, payment_event_id)
      select 'capture', ordered.id, event.id from ordered, event
      returning id
    ), entries as (
      insert into ledger_entries (journal_id, account, provider, amount_fen, currency)
      select journal.id, side.account, ${provider}, side.amount, ${payment.currency}
      from journal, ordered, lateral (values
        ('clearing', ${amount}::bigint),
        ('sales', -subtotal_fen),
        ('discounts', discount_fen),
        ('shipping', -shipping_fen)
      ) as side (account, amount)
      where side.amount <> 0
    ), job as (
      select 'send-order-mail' as name, jsonb_build_object('orderId', ordered.id, 'kind', 'order_paid') as data,
        clock_timestamp() as start_after
      from ordered, event
      union all
      select 'query-attempt', jsonb_build_object('attemptId', other.id), clock_timestamp()
      from payment_attempts other, paying, event
      where other.payment_id = (select id from payment) and other.id <> paying.id
        and other.state = any (${[...OPEN_ATTEMPT_STATES]})
    ), jobs_written as (
      ${insertJobs()}
    ), known as materialized (
      select id from payment_events
      where provider = ${provider} and event_id = ${payment.eventId} and attempt_id = (select id from attempt)
    ), message as (
      ${message ? insertMessage(message, sql`exists (select from event) or exists (select from known)`) : sql`select where false`}
    )
    select payments.order_id, exists (select from event) as captured, exists (select from known) as known,
      exists (select from message) as kept
    from attempt join payments on payments.id = attempt.payment_id`
  if (outcome?.captured && outcome.order_id) announceOrder(outcome.order_id)
  const { captured = false, known = false, kept = false } = outcome ?? {}
  return { orderId: outcome?.order_id ?? null, captured, known, kept }
}
