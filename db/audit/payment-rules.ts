import type { AuditRule } from './audit-rule.ts'

const CAME = `('captured', 'surplus', 'late')`

export const PAYMENT_RULES = {
  captured_is_events: {
    invariant: 'I2',
    sentence: 'What a payment took is not the sum of what the provider told of.',
    sql: `select 'payment ' || payments.id || ': ' || captured_fen || ' fen, events ' || coalesce(told, 0) || ' fen' as what
      from payments left join (
        select payment_id, sum(payment_events.amount_fen) as told
        from payment_events join payment_attempts on payment_attempts.id = attempt_id
        where outcome in ${CAME} group by 1
      ) as events on payment_id = payments.id
      where captured_fen <> coalesce(told, 0)`,
  },
  refunded_is_events: {
    invariant: 'I2',
    sentence: 'What a payment gave back is not the sum of what the provider told of.',
    sql: `select 'payment ' || payments.id || ': ' || refunded_fen || ' fen, events ' || coalesce(told, 0) || ' fen' as what
      from payments left join (
        select payment_id, sum(payment_events.amount_fen) as told
        from payment_events join payment_attempts on payment_attempts.id = attempt_id
        where outcome = 'refunded' group by 1
      ) as events on payment_id = payments.id
      where refunded_fen <> coalesce(told, 0)`,
  },
  attempt_is_its_event: {
    invariant: 'I3',
    sentence: 'An attempt says that it took money, or that it did not, and the events tell otherwise.',
    sql: `select 'attempt ' || out_trade_no || ' (' || state || '): ' || count(payment_events.id) || ' payments' as what
      from payment_attempts
      left join payment_events on attempt_id = payment_attempts.id and outcome in ${CAME}
        and payment_events.amount_fen = payment_attempts.amount_fen
        and payment_events.currency = payment_attempts.currency
        and payment_events.provider = payment_attempts.provider
        and payment_events.provider_trade_no = payment_attempts.provider_trade_no
      group by payment_attempts.id having count(payment_events.id) <> (state = 'succeeded')::int`,
  },
  confirmed_by_capture: {
    invariant: 'I3',
    sentence: 'An order is confirmed without exactly one payment of its total, or has one and is not.',
    sql: `select 'order ' || orders.number || ' (' || orders.state || '): ' || count(payment_events.id) || ' captures' as what
      from orders left join payments on payments.order_id = orders.id
      left join payment_attempts on payment_id = payments.id
      left join payment_events on attempt_id = payment_attempts.id and outcome = 'captured'
        and payment_events.amount_fen = total_fen and payment_events.currency = payments.currency
      group by orders.id
      having count(payment_events.id) <> exists (
        select from order_events where order_id = orders.id and axis = 'order' and to_state = 'confirmed')::int`,
  },
  capture_is_total: {
    invariant: 'I3',
    sentence: 'A payment that confirmed an order is not its total.',
    sql: `select 'order ' || orders.number || ': ' || payment_events.amount_fen || ' of ' || total_fen || ' fen' as what
      from payment_events join payment_attempts on payment_attempts.id = attempt_id
      join payments on payments.id = payment_id join orders on orders.id = order_id
      where outcome = 'captured' and payment_events.amount_fen <> total_fen`,
  },
  trade_counts_once: {
    invariant: 'I4',
    sentence: 'A trade of a provider was counted more than once.',
    sql: `select provider || ' ' || provider_trade_no || ': ' || count(*) || ' times' as what from payment_events
      where outcome in ${CAME} group by provider, provider_trade_no having count(*) > 1
      union all
      select provider || ' ' || provider_trade_no || ': ' || count(*) || ' attempts' from payment_attempts
      where provider_trade_no is not null group by provider, provider_trade_no having count(*) > 1`,
  },
  kept_is_owed: {
    invariant: 'I5',
    sentence: 'We keep more for an order than its total, or keep money for an order that ended without goods.',
    sql: `select 'order ' || orders.number || ' (' || state || '): ' || sum(-amount_fen) || ' of ' || total_fen || ' fen' as what
      from orders join journals on order_id = orders.id join ledger_entries on journal_id = journals.id
      where account in ('sales', 'discounts', 'shipping')
      group by orders.id
      having sum(-amount_fen) not between 0 and case when state in ('confirmed', 'completed') then total_fen else 0 end
        and max(booked_at) < (select now from clock) - interval '10 min'`,
  },
  surplus_goes_back: {
    invariant: 'I5',
    sentence: 'Money that nobody owes is not due to go back.',
    sql: `select 'event ' || payment_events.id || ' (' || outcome || ' ' || payment_events.amount_fen || ' fen)' as what
      from payment_events left join refunds_due on payment_event_id = payment_events.id
      where outcome in ('surplus', 'late') and refunds_due.amount_fen is distinct from payment_events.amount_fen`,
  },
} as const satisfies Record<string, AuditRule>
