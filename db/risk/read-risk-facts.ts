import 'server-only'
import { toFen, toYuan } from '#lib/domain/money.ts'
import { DISPUTE_KINDS } from '#lib/domain/risk/incident-kinds.ts'
import type { RiskFacts } from '#lib/domain/risk/risk-facts.ts'
import { sql } from '../client.ts'
import { DEAD_JOBS } from '../jobs/queues.ts'

type Rows<Key extends keyof RiskFacts> = RiskFacts[Key] extends readonly (infer Row)[] ? Row[] : never

/** Days after which a refund should have arrived wherever it was paid from. */
const REFUND_DAYS = 3

/** What the watch looks at, as of `now`; each question reads an index or a few recent rows. */
export async function readRiskFacts(now: Date): Promise<RiskFacts> {
  const at = now.toISOString()
  const before = Date.now()
  const [clock] = await sql<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`
  const clockDriftMs = Math.round((before + Date.now()) / 2 - (clock?.ms ?? before))
  const [disputes, unowed, refusedMessages, calls, heardBy, refunds, pendingRefunds] = await Promise.all([
    sql<Rows<'disputes'>>`
      select incidents.id::text, payment_attempts.provider, orders.number as order, incidents.kind as why
      from incidents join payment_attempts on payment_attempts.id = attempt_id
        join payments on payments.id = payment_id join orders on orders.id = payments.order_id
      where settled_at is null and incidents.kind in ${sql(DISPUTE_KINDS)} order by opened_at desc limit 100`,
    sql<(Omit<Rows<'unowed'>[number], 'amount'> & { amount_fen: string })[]>`
      select event_id as "eventId", orders.number as order, payment_events.provider, outcome, payment_events.amount_fen::text
      from payment_events join payment_attempts on payment_attempts.id = attempt_id
        join payments on payments.id = payment_id join orders on orders.id = payments.order_id
      where outcome in ('surplus', 'late') and occurred_at > ${at}::timestamptz - interval '1 day' limit 200`,
    sql<Rows<'refusedMessages'>>`
      select provider, (count(*) filter (where received_at > ${at}::timestamptz - interval '10 min'))::int as lately,
        (count(*) filter (where received_at <= ${at}::timestamptz - interval '10 min'))::int as before
      from payment_messages
      where verdict = 'refused' and received_at > ${at}::timestamptz - interval '70 min' group by 1`,
    sql<Rows<'calls'>>`
      select provider, count(*)::int as made, (count(*) filter (where not answered))::int as unanswered,
        max(took_ms)::int as "slowestMs"
      from provider_calls where at > ${at}::timestamptz - interval '5 min' group by 1`,
    sql<Rows<'heardBy'>>`
      select provider, (count(*) filter (where source in ('notify', 'return')))::int as "byMessage",
        (count(*) filter (where source = 'query'))::int as "byQuery"
      from payment_events
      where outcome = 'captured' and occurred_at > ${at}::timestamptz - interval '1 hour' group by 1`,
    sql<{ lastDay: number; usualDay: number; amount_fen: string }[]>`
      select (count(*) filter (where requested_at > ${at}::timestamptz - interval '1 day'))::int as "lastDay",
        round((count(*) filter (where requested_at <= ${at}::timestamptz - interval '1 day')) / 28.0, 1)::float8 as "usualDay",
        coalesce(sum(amount_fen) filter (where requested_at > ${at}::timestamptz - interval '1 day'), 0)::text as amount_fen
      from refund_requests where cause = 'staff' and requested_at > ${at}::timestamptz - interval '29 days'`,
    sql<Rows<'pendingRefunds'>>`
      select refund_no as "refundNo", orders.number as order,
        floor(extract(epoch from ${at}::timestamptz - refunds.requested_at) / 86400)::int as days
      from refunds join refund_requests on refund_requests.id = request_id join orders on orders.id = order_id
      where next_check_at is not null and refunds.requested_at < ${at}::timestamptz - ${REFUND_DAYS}::int * interval '1 day'
      limit 100`,
  ])
  const [refundSums] = refunds
  return {
    now,
    disputes,
    unowed: unowed.map(({ amount_fen, ...money }) => ({ ...money, amount: toYuan(toFen(BigInt(amount_fen))) })),
    refusedMessages,
    unlistedSenders: await readUnlistedSenders(at),
    calls,
    heardBy,
    refunds: {
      lastDay: refundSums?.lastDay ?? 0,
      usualDay: refundSums?.usualDay ?? 0,
      amount: toYuan(toFen(BigInt(refundSums?.amount_fen ?? '0'))),
    },
    pendingRefunds,
    clockDriftMs,
    ...(await readShopFacts(at)),
  }
}

/** Senders that the door noted as standing on no list of their provider (`lib/http/allowed-sources.ts`). */
const readUnlistedSenders = (at: string) => sql<Rows<'unlistedSenders'>>`
  select provider, headers ->> 'x-unlisted-source' as address, count(*)::int as messages
  from payment_messages
  where verdict = 'accepted' and source = 'notify' and received_at > ${at}::timestamptz - interval '10 min'
    and headers ? 'x-unlisted-source'
  group by 1, 2`

/** What concerns orders, stock and the machinery. */
async function readShopFacts(at: string) {
  const [crowds, couponUses, negativeStock, queue, deadJobs, doubts, billDifferences, runs] = await Promise.all([
    sql<Rows<'crowds'>>`
      select what, count(*)::int as orders, (count(*) filter (where state in ('expired', 'cancelled')))::int as unpaid
      from orders cross join lateral (values ('phone:' || phone), ('mailbox:' || lower(email))) as who (what)
      where placed_at > ${at}::timestamptz - interval '1 hour' group by 1 having count(*) >= 5 limit 50`,
    sql<Rows<'couponUses'>>`
      select code, count(*)::int as uses from coupon_uses join coupons on coupons.id = coupon_id
      where taken_at > ${at}::timestamptz - interval '10 min' group by 1`,
    sql<Rows<'negativeStock'>>`
      select sku, on_hand as "onHand", held from stock join variants on variants.id = variant_id
      where on_hand < 0 or held < 0 or held > on_hand limit 50`,
    sql<{ waiting: number; longestS: number }[]>`
      select count(*)::int as waiting,
        coalesce(max(extract(epoch from ${at}::timestamptz - start_after)), 0)::int as "longestS"
      from pgboss.job
      where state in ('created', 'retry') and start_after < ${at}::timestamptz and name <> ${DEAD_JOBS}`,
    // What the queue puts aside has the job's data and neither its name nor its error: those stand at the job that failed.
    sql<Rows<'deadJobs'>>`
      select dead.id::text, coalesce(failed.id::text, '') as job, coalesce(failed.name, dead.name) as name,
        coalesce(left(failed.output ->> 'message', 300), '') as failure
      from pgboss.job as dead left join lateral (
        select id, name, output from pgboss.job
        where state = 'failed' and dead_letter = ${DEAD_JOBS} and data = dead.data
        order by abs(extract(epoch from completed_on - dead.created_on)) limit 1
      ) as failed on true
      where dead.name = ${DEAD_JOBS} and dead.state = 'created' limit 100`,
    sql<Rows<'doubts'>>`
      select provider, string_agg(finding ->> 'text', '; ') as found
      from provider_checks, jsonb_array_elements(findings) as finding where finding ->> 'level' <> 'ok' group by 1`,
    sql<Rows<'billDifferences'>>`
      select provider, day::text, count(*)::int as open from bill_differences where state = 'open' group by 1, 2 limit 50`,
    sql<{ kind: string; hours: number }[]>`
      select kind, (extract(epoch from ${at}::timestamptz - max(finished_at)) / 3600)::float8 as hours
      from backup_runs where succeeded group by 1`,
  ])
  const hoursOf = (kind: string) => runs.find((run) => run.kind === kind)?.hours ?? null
  return {
    crowds,
    couponUses,
    negativeStock,
    queue: queue[0] ?? { waiting: 0, longestS: 0 },
    deadJobs,
    doubts,
    billDifferences,
    backupHours: hoursOf('backup'),
    drillHours: hoursOf('drill'),
  }
}
