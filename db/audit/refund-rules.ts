import { REFUNDING_STATES } from '#lib/domain/after-sale-state.ts'
import { OPEN_REFUND_STATES } from '#lib/domain/refund-state.ts'
import { type AuditRule, wordList } from './audit-rule.ts'

const OPEN = `(${wordList(OPEN_REFUND_STATES)})`

export const REFUND_RULES = {
  refund_is_its_event: {
    invariant: 'I2',
    sentence: 'A refund says that it arrived, or that it did not, and the events tell otherwise.',
    sql: `select 'refund ' || coalesce(refund_no, event_id) || ': ' || coalesce(state, 'unknown') as what
      from refunds full join (
        select * from payment_events where outcome = 'refunded'
      ) as event on event_id = 'refund:' || refund_no and event.attempt_id = refunds.attempt_id
        and event.amount_fen = refunds.amount_fen and event.currency = refunds.currency
      where (refunds.id is not null and state = 'succeeded') <> (event.id is not null)`,
  },
  refunding_is_open_refunds: {
    invariant: 'I2',
    sentence: 'What a payment is giving back is not the sum of its refunds under way.',
    sql: `select 'payment ' || payments.id || ': ' || refunding_fen || ' fen, refunds ' || coalesce(under_way, 0) || ' fen' as what
      from payments left join (
        select payment_id, sum(refunds.amount_fen) as under_way
        from refunds join payment_attempts on payment_attempts.id = attempt_id
        where refunds.state in ${OPEN} group by 1
      ) as going on payment_id = payments.id
      where refunding_fen <> coalesce(under_way, 0)`,
  },
  refunds_within_payment: {
    invariant: 'I6',
    sentence: 'More went back or is promised back than an attempt took.',
    sql: `select 'attempt ' || out_trade_no || ': ' || sum(refunds.amount_fen) || ' of '
        || case payment_attempts.state when 'succeeded' then payment_attempts.amount_fen else 0 end || ' fen' as what
      from refunds join payment_attempts on payment_attempts.id = attempt_id
      where refunds.state <> 'failed' group by payment_attempts.id
      having sum(refunds.amount_fen)
        > case payment_attempts.state when 'succeeded' then payment_attempts.amount_fen else 0 end`,
  },
  refunded_units_within_order: {
    invariant: 'I6',
    sentence: 'More units of a line were given back than were ordered.',
    sql: `select 'order ' || number || ', line ' || position || ': ' || sum(refund_lines.quantity) || ' of ' || order_lines.quantity as what
      from refund_lines join order_lines using (order_id, position)
      join refund_requests on refund_requests.id = request_id join orders on orders.id = refund_lines.order_id
      where refund_requests.state in (${wordList(REFUNDING_STATES)})
      group by number, position, order_lines.quantity having sum(refund_lines.quantity) > order_lines.quantity`,
  },
  request_is_its_refunds: {
    invariant: 'I8',
    sentence: 'A refund request is not where its refunds are.',
    sql: `select 'request ' || refund_requests.id || ' (' || refund_requests.state || ')' as what
      from refund_requests left join (
        select request_id, count(*) filter (where state in ${OPEN}) as under_way,
          count(*) filter (where state = 'succeeded') as arrived,
          count(*) filter (where state <> 'failed' and refunds.amount_fen <> amount_asked) as other_amount
        from refunds join (select id, amount_fen as amount_asked from refund_requests) as asked on asked.id = request_id
        group by 1
      ) as counted on request_id = refund_requests.id
      where coalesce(under_way, 0) <> (refund_requests.state = 'refunding')::int
        or coalesce(arrived, 0) <> (refund_requests.state = 'refunded')::int
        or other_amount > 0`,
  },
} as const satisfies Record<string, AuditRule>
