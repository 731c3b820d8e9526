import { sql } from '../client.ts'

/** Also of an order that was cancelled since, with its money given back. */
const WAS_CONFIRMED = sql`exists (
  select from order_events where order_events.order_id = orders.id and axis = 'order' and to_state = 'confirmed')`

/** What must hold whatever happened; each statement names what breaks it, so a sound shop gives no row. */
const RULES = {
  'a journal does not balance': sql`
    select journal_id::text as what from ledger_entries group by journal_id, currency having sum(amount_fen) <> 0`,
  'a payment is not the sum of its events': sql`
    select payments.id::text as what from payments
    where captured_fen <> (
      select coalesce(sum(payment_events.amount_fen), 0) from payment_events
      join payment_attempts on payment_attempts.id = attempt_id
      where payment_id = payments.id and outcome in ('captured', 'surplus', 'late'))
    or refunded_fen <> (
      select coalesce(sum(payment_events.amount_fen), 0) from payment_events
      join payment_attempts on payment_attempts.id = attempt_id
      where payment_id = payments.id and outcome = 'refunded')`,
  'what is promised back is not the sum of open refunds, or more goes back than came': sql`
    select payments.id::text as what from payments
    where refunding_fen <> (
      select coalesce(sum(refunds.amount_fen), 0) from refunds
      join payment_attempts on payment_attempts.id = attempt_id
      where payment_id = payments.id and refunds.state in ('pending', 'processing', 'abnormal'))
    union all
    select out_trade_no from payment_attempts
    where (select coalesce(sum(amount_fen), 0) from refunds where attempt_id = payment_attempts.id and state <> 'failed')
      > case when provider_trade_no is null then 0 else amount_fen end`,
  'a refund is not what its request says, or its request is elsewhere': sql`
    select refund_no as what from refunds join refund_requests on refund_requests.id = request_id
    where refunds.amount_fen <> refund_requests.amount_fen
      or refunds.state = 'succeeded' and refund_requests.state <> 'refunded'
      or refunds.state in ('pending', 'processing', 'abnormal') and refund_requests.state <> 'refunding'`,
  'more units went back than were ordered': sql`
    select order_id::text || ' ' || position as what from order_lines
    where quantity < (
      select coalesce(sum(refund_lines.quantity), 0) from refund_lines
      join refund_requests on refund_requests.id = request_id
      where refund_lines.order_id = order_lines.order_id and refund_lines.position = order_lines.position
        and refund_requests.state in ('refunding', 'refunded'))`,
  'what we promised back in the ledger is not what is under way': sql`
    select provider as what from ledger_entries where account = 'refunds_payable'
    group by provider
    having -sum(amount_fen) <> (
      select coalesce(sum(refunds.amount_fen), 0) from refunds
      join payment_attempts on payment_attempts.id = attempt_id
      where payment_attempts.provider = ledger_entries.provider
        and refunds.state in ('pending', 'processing', 'abnormal'))`,
  'the ledger has not what the events tell': sql`
    select payment_events.id::text as what from payment_events
    where (select sum(amount_fen) from ledger_entries join journals on journals.id = journal_id
      where payment_event_id = payment_events.id and account = 'clearing')
      is distinct from case outcome when 'refunded' then -amount_fen else amount_fen end`,
  'an order was confirmed without exactly one capture, or captured without being confirmed': sql`
    select orders.number as what from orders
    where (${WAS_CONFIRMED})::int <> (
      select count(*) from payment_events
      join payment_attempts on payment_attempts.id = attempt_id join payments on payments.id = payment_id
      where order_id = orders.id and outcome = 'captured')`,
  'money that nobody owes is not due to go back': sql`
    select id::text as what from payment_events
    where outcome in ('surplus', 'late') and not exists (select from refunds_due where payment_event_id = payment_events.id)`,
  'a captured amount is not the total of its order': sql`
    select orders.number as what from payment_events
    join payment_attempts on payment_attempts.id = attempt_id join payments on payments.id = payment_id
    join orders on orders.id = order_id
    where payment_events.amount_fen <> total_fen and outcome <> 'refunded'`,
  'stock is not its movements, or not what pending orders hold': sql`
    select variant_id::text as what from stock
    where held <> (
        select coalesce(sum(quantity), 0) from order_lines join orders on orders.id = order_id
        where order_lines.variant_id = stock.variant_id and state = 'pending_payment')
      or on_hand <> (select coalesce(sum(quantity), 0) from stock_movements where variant_id = stock.variant_id)`,
  'sold units are not those of confirmed orders': sql`
    select stock.variant_id::text as what from stock
    where (select coalesce(-sum(quantity), 0) from stock_movements where variant_id = stock.variant_id and reason = 'sold')
      <> (select coalesce(sum(quantity), 0) from order_lines join orders on orders.id = order_id
        where order_lines.variant_id = stock.variant_id and ${WAS_CONFIRMED})`,
  'a chain of events is broken': sql`
    select order_id::text || ' ' || axis as what from (
      select order_id, axis, from_state, lag(to_state) over (partition by order_id, axis, about order by id) as before
      from order_events
    ) as chain where before is not null and from_state is distinct from before`,
  'a state is not that of its last event': sql`
    select orders.number || ' ' || axis as what from orders
    join payments on payments.order_id = orders.id
    join lateral (
      select distinct on (axis) axis, to_state from order_events where order_id = orders.id order by axis, id desc
    ) as last on true
    where axis <> 'after_sale' and to_state <> case axis when 'order' then orders.state else payments.state end
    union all
    select refund_requests.id::text from refund_requests
    where state <> (select to_state from order_events where about = refund_requests.id order by id desc limit 1)`,
  'a paid order has not exactly one mail that says so': sql`
    select orders.number as what from orders
    where (${WAS_CONFIRMED})::int <> (
      select count(*) from pgboss.job
      where name = 'send-order-mail' and data ->> 'orderId' = orders.id::text
        and data ->> 'kind' in ('order_paid', 'order_revived'))`,
}

/** Every rule that the books break, with what breaks it; empty when they are sound. */
export async function checkBooks(): Promise<string[]> {
  const broken: string[] = []
  for (const [rule, statement] of Object.entries(RULES))
    for (const { what } of await sql<{ what: string }[]>`${statement}`) broken.push(`${rule}: ${what}`)
  return broken
}
