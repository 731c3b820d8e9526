import 'server-only'
import { sql as text } from 'drizzle-orm'
import { toFen } from '#lib/domain/money.ts'
import { type HoldReasons, judgeOrder, type OrderRiskFacts } from '#lib/domain/risk/order-rules.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, sql } from '../client.ts'
import { raiseIncident } from '../incidents/raise-incident.ts'
import { orderHolds, riskMarks } from './schema.ts'

const MARK = 'orders_judged'
/** Payments commit in another order than their numbers: those that began a minute before the last one are judged again. */
const OVERLAP = { most: 500n, seconds: 60 } as const
const AT_ONCE = 500

type Row = {
  id: string
  number: string
  total: string
  most: number
  orders: number
  phones: number
  mailboxes: number
  unpaid: number
  failed: number
}

/**
 * Judges each order that was paid since the last time and holds those that somebody should see before they are sent: the
 * hold, its line in the audit log, and an incident. @returns the numbers of the orders held.
 */
export async function holdSuspiciousOrders(now: Date): Promise<string[]> {
  const [state] = await sql<{ from: string | null; newest: string }[]>`
    select (select value from risk_marks where name = ${MARK})::text as from,
      coalesce((select max(id) from payment_events), 0)::text as newest`
  const newest = BigInt(state?.newest ?? '0')
  const known = BigInt(state?.from ?? String(newest))
  const upTo = known + BigInt(AT_ONCE) < newest ? known + BigInt(AT_ONCE) : newest
  const rows = await readPaidOrders(known, upTo)
  const habit = rows.length > 0 ? await readHabit(now) : { orders: 0, usualMost: toFen(0n) }
  const held: string[] = []
  for (const row of rows) {
    const reasons = judgeOrder(factsOf(row, habit))
    if (Object.keys(reasons).length > 0 && (await hold(row, reasons, now))) held.push(row.number)
  }
  await db
    .insert(riskMarks)
    .values({ name: MARK, value: upTo })
    .onConflictDoUpdate({ target: riskMarks.name, set: { value: text`greatest(risk_marks.value, excluded.value)` } })
  return held
}

/** Those paid since, with what went to the same places within a day: each of a crowd is odd once its last one came. */
const readPaidOrders = (known: bigint, upTo: bigint) => sql<Row[]>`
  with paid as (
    select distinct orders.id, orders.placed_at
    from payment_events join payment_attempts on payment_attempts.id = attempt_id
    join payments on payments.id = payment_id join orders on orders.id = payments.order_id
    where payment_events.id > ${(known - OVERLAP.most).toString()} and payment_events.id <= ${upTo.toString()}
      and outcome = 'captured' and (payment_events.id > ${known.toString()} or recorded_at >
        (select recorded_at from payment_events where id = ${known.toString()}) - ${OVERLAP.seconds}::int * interval '1 second')
  ), judged as (
    select id from paid
    union
    select near.id from paid join order_addresses as own on own.order_id = paid.id
    join orders as near on near.placed_at between paid.placed_at - interval '1 day' and paid.placed_at + interval '1 day'
    join order_addresses as place on place.order_id = near.id
    where near.state = 'confirmed' and near.fulfilment = 'unfulfilled'
      and lower(place.street) = lower(own.street) and place.city = own.city and place.country = own.country
  )
  select orders.id, number, payments.amount_fen::text as total,
    (select max(quantity) from order_lines where order_id = orders.id) as most,
    at_address.orders::int, at_address.phones::int, at_address.mailboxes::int,
    (select count(*)::int from orders as other
      where (other.phone = orders.phone or lower(other.email) = lower(orders.email)) and other.id <> orders.id
        and other.state in ('expired', 'cancelled') and other.placed_at between orders.placed_at - interval '1 day' and orders.placed_at
    ) as unpaid,
    (select count(*)::int from payment_attempts where payment_id = payments.id and state = 'failed') as failed
  from judged join orders on orders.id = judged.id join payments on payments.order_id = orders.id
  join order_addresses as own on own.order_id = orders.id
  cross join lateral (
    select count(*) as orders, count(distinct near.phone) as phones, count(distinct lower(near.email)) as mailboxes
    from orders as near join order_addresses on order_addresses.order_id = near.id
    where near.placed_at between orders.placed_at - interval '1 day' and orders.placed_at + interval '1 hour'
      and near.state = 'confirmed' and lower(street) = lower(own.street) and city = own.city and country = own.country
  ) as at_address
  where orders.state = 'confirmed' and fulfilment = 'unfulfilled'
    and not exists (select from order_holds where order_id = orders.id)`

/** A habit of 90 days does not change within the hour, and reading it reads all their payments. */
const HABIT_FOR_MS = 3_600_000
let habitOf: { readonly at: number; readonly habit: OrderRiskFacts['habit'] } | null = null

async function readHabit(now: Date): Promise<OrderRiskFacts['habit']> {
  if (habitOf && habitOf.habit.orders > 0 && Math.abs(now.getTime() - habitOf.at) < HABIT_FOR_MS) return habitOf.habit
  const [habit] = await sql<{ orders: number; most: string | null }[]>`
    select count(*)::int as orders, percentile_disc(0.99) within group (order by amount_fen)::text as most
    from payments where paid_at > ${now.toISOString()}::timestamptz - interval '90 days' and captured_fen > 0`
  habitOf = {
    at: now.getTime(),
    habit: { orders: habit?.orders ?? 0, usualMost: toFen(BigInt(habit?.most ?? '0')) },
  }
  return habitOf.habit
}

const factsOf = (row: Row, habit: OrderRiskFacts['habit']): OrderRiskFacts => ({
  total: toFen(BigInt(row.total)),
  mostOfOnePiece: row.most,
  toAddress: { orders: row.orders, phones: row.phones, mailboxes: row.mailboxes },
  unpaidBefore: row.unpaid,
  failedAttempts: row.failed,
  habit,
})

async function hold({ id, number }: Row, reasons: HoldReasons, now: Date): Promise<boolean> {
  const isNew = await db.transaction(async (tx) => {
    const held = await tx
      .insert(orderHolds)
      .values({ orderId: id, reasons, heldBy: 'system', heldAt: now })
      .onConflictDoNothing()
      .returning({ orderId: orderHolds.orderId })
    if (held.length === 0) return false
    const about = { kind: 'order', id }
    await appendAuditEntry(tx, { actor: 'system', action: 'order.held', about, after: reasons })
    return true
  })
  if (!isNew) return false
  const evidence = { order: number, why: Object.keys(reasons).join(', ') }
  await raiseIncident({ kind: 'order_held', subject: `order:${number}`, occurrence: id, evidence, acted: true }, now)
  return true
}
