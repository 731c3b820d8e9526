import { sql } from '../client.ts'

/** What must hold whatever happened; each statement names what breaks it, so a sound shop gives no row. */
const RULES = {
  'a journal does not balance': sql`
    select journal_id::text as what from ledger_entries group by journal_id, currency having sum(amount_fen) <> 0`,
  'a payment is not the sum of its events': sql`
    select payments.id::text as what from payments
    where captured_fen <> (
      select coalesce(sum(payment_events.amount_fen), 0) from payment_events
      join payment_attempts on payment_attempts.id = attempt_id where payment_id = payments.id)`,
  'the ledger has not what the events tell': sql`
    select payment_events.id::text as what from payment_events
    where (select sum(amount_fen) from ledger_entries join journals on journals.id = journal_id
      where payment_event_id = payment_events.id and account = 'clearing') is distinct from amount_fen`,
  'an order is confirmed without exactly one capture, or captured without being confirmed': sql`
    select orders.number as what from orders
    where (state in ('confirmed', 'completed'))::int <> (
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
    where payment_events.amount_fen <> total_fen`,
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
        where order_lines.variant_id = stock.variant_id and state in ('confirmed', 'completed'))`,
  'a chain of events is broken': sql`
    select order_id::text || ' ' || axis as what from (
      select order_id, axis, from_state, lag(to_state) over (partition by order_id, axis order by id) as before
      from order_events
    ) as chain where before is not null and from_state is distinct from before`,
  'a state is not that of its last event': sql`
    select orders.number || ' ' || axis as what from orders
    join payments on payments.order_id = orders.id
    join lateral (
      select distinct on (axis) axis, to_state from order_events where order_id = orders.id order by axis, id desc
    ) as last on true
    where to_state <> case axis when 'order' then orders.state else payments.state end`,
  'a paid order has not exactly one mail that says so': sql`
    select orders.number as what from orders
    where (state in ('confirmed', 'completed'))::int <> (
      select count(*) from pgboss.job
      where name = 'send-order-mail' and data ->> 'orderId' = orders.id::text and data ->> 'kind' = 'order_paid')`,
}

/** Every rule that the books break, with what breaks it; empty when they are sound. */
export async function checkBooks(): Promise<string[]> {
  const broken: string[] = []
  for (const [rule, statement] of Object.entries(RULES))
    for (const { what } of await sql<{ what: string }[]>`${statement}`) broken.push(`${rule}: ${what}`)
  return broken
}
