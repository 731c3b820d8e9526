import { OPEN_REFUND_STATES } from '#lib/domain/refund-state.ts'
import { type AuditRule, wordList } from './audit-rule.ts'
import { KNOWN_BY } from './known-by.ts'

/** What should have happened by now. In a shop whose worker stands still these are found, and nothing is lost by it. */
export const DELAY_RULES = {
  message_was_applied: {
    invariant: 'I11',
    sentence: 'A genuine message told of a payment, and nothing came of it within a minute.',
    sql: `select 'message ' || payment_messages.id || ' (' || provider || ' ' || out_trade_no || ')' as what
      from payment_messages
      where verdict = 'accepted' and kind = 'paid' and received_at < (select now from clock) - interval '60 s'
        and not exists (
          select from payment_events
          where payment_events.provider = payment_messages.provider and payment_events.event_id = payment_messages.event_id)
        and not exists (
          select from incidents join payment_attempts on payment_attempts.id = attempt_id
          where payment_attempts.provider = payment_messages.provider
            and payment_attempts.out_trade_no = payment_messages.out_trade_no)`,
  },
  refund_notice_was_applied: {
    invariant: 'I11',
    sentence: 'A genuine message told of money that went back, and nothing came of it within a minute.',
    sql: `select 'message ' || payment_messages.id || ' (' || provider || ' ' || out_trade_no || ')' as what
      from payment_messages left join payment_attempts using (provider, out_trade_no)
      where verdict = 'accepted' and kind = 'refunded' and received_at < (select now from clock) - interval '60 s'
        and not exists (
          select from payment_events where attempt_id = payment_attempts.id and outcome = 'refunded')
        and not exists (
          select from refunds
          where attempt_id = payment_attempts.id and refunds.state in (${wordList(OPEN_REFUND_STATES)}))
        and not exists (select from incidents where attempt_id = payment_attempts.id)`,
  },
  event_was_heard: {
    invariant: 'I11',
    sentence: 'Money came by a notification more than a day ago, and no genuine message that says so was kept.',
    sql: `select 'event ' || payment_events.id || ' (' || provider || ' ' || event_id || ')' as what from payment_events
      where source = 'notify' and outcome in ('captured', 'surplus', 'late') and recorded_at < (select now from clock) - interval '26 h'
        and not exists (
          select from payment_messages
          where payment_messages.provider = payment_events.provider and verdict = 'accepted'
            and payment_messages.out_trade_no = (select out_trade_no from payment_attempts where id = attempt_id))`,
  },
  order_ends_in_time: {
    invariant: 'I12',
    sentence: 'An order waits for its payment two minutes after its time was over.',
    sql: `select 'order ' || number || ', until ' || expires_at as what from orders
      where state = 'pending_payment' and expires_at < (select now from clock) - interval '2 min'`,
  },
  attempt_is_asked_about: {
    invariant: 'I12',
    sentence: 'Nobody asked the provider about an attempt two minutes after it was due, or nobody will.',
    sql: `select 'attempt ' || out_trade_no || ' (' || payment_attempts.state || '), due ' || coalesce(next_query_at::text, 'never') as what
      from payment_attempts
      where next_query_at < (select now from clock) - interval '2 min'
        or (state in ('redirected', 'processing', 'unknown') and next_query_at is null
          and expires_at < (select now from clock) - interval '2 min')`,
  },
  refund_is_pursued: {
    invariant: 'I12',
    sentence: 'Nobody sent a refund or asked about it two minutes after it was due, or nobody will.',
    sql: `select 'refund ' || refund_no || ' (' || state || '), due ' || coalesce(next_check_at::text, 'never') as what
      from refunds
      where next_check_at < (select now from clock) - interval '2 min'
        or (state in (${wordList(OPEN_REFUND_STATES)}) and next_check_at is null)`,
  },
  claim_is_paid_out: {
    invariant: 'I12',
    sentence: 'Money that nobody owes is not on its way back after two minutes.',
    sql: `select 'claim ' || refunds_due.id || ' (' || refunds_due.amount_fen || ' fen, ' || refunds_due.reason || ')' as what
      from refunds_due left join refund_requests on refund_due_id = refunds_due.id
      where refund_requests.id is null and created_at < (select now from clock) - interval '2 min'`,
  },
  job_is_done: {
    invariant: 'I12',
    sentence: 'A job waits two minutes after it was due.',
    sql: `select 'job ' || name || ' ' || id || ', due ' || start_after as what from pgboss.job
      where state in ('created', 'retry') and start_after < (select now from clock) - interval '2 min' and name <> 'dead-jobs'`,
  },
  job_failed_for_good: {
    invariant: 'I12',
    sentence: 'A job failed every time and waits for a person.',
    sql: `select 'job ' || id || ': ' || coalesce(data::text, '') as what from pgboss.job
      where name = 'dead-jobs' and state in ('created', 'retry', 'active')`,
  },
  paid_order_has_mail: {
    invariant: 'I12',
    sentence: 'A shopper who paid was not written to within ten minutes.',
    sql: `select 'order ' || number as what from orders join payments on payments.order_id = orders.id
      where orders.state in ('confirmed', 'completed') and paid_at < (select now from clock) - interval '10 min'
        and not exists (select from order_mails where order_id = orders.id and kind in ('order_paid', 'order_revived') and sent_at is not null)
        and not exists (
          select from pgboss.job
          where name = 'send-order-mail' and data ->> 'orderId' = orders.id::text and data ->> 'kind' in ('order_paid', 'order_revived'))`,
  },
  journal_is_sealed_soon: {
    invariant: 'I15',
    sentence: 'A journal waits for its seal since more than five minutes.',
    sql: `select 'journal ' || journals.id || ', booked ' || booked_at as what
      from unsealed_journals join journals on journals.id = journal_id
      where booked_at < (select now from clock) - interval '5 min'`,
  },
  payment_is_known_soon: {
    invariant: 'I18',
    sentence:
      'In the last day a payment was known later than the questions to its provider allow, notification or not.',
    sql: `select 'event ' || payment_events.id || ' (' || payment_events.provider || ' by ' || source || '): '
        || round(extract(epoch from recorded_at - occurred_at)) || ' s' as what
      from payment_events join payment_attempts on payment_attempts.id = attempt_id
      where outcome in ('captured', 'surplus', 'late') and recorded_at > (select now from clock) - interval '1 day'
        and recorded_at > ${KNOWN_BY}`,
  },
} as const satisfies Record<string, AuditRule>
