import 'server-only'
import type { TransactionSql } from 'postgres'
import { RARE_MONEY } from '#lib/domain/order-terms.ts'
import { sql } from '../client.ts'

/** Events of one transaction, which takes seconds. */
const EVENTS_AT_ONCE = 30_000

/**
 * Writes the terms of all orders of which something happened, up to the newest event of the last look. Safe to repeat,
 * to interrupt and to run twice.
 * @param signal ends it between two transactions.
 * @returns how many events were taken over.
 */
export async function writeOrderTerms(signal?: AbortSignal): Promise<number> {
  for (let events = 0; ; ) {
    const taken = await sql.begin(takeOver)
    events += taken
    if (taken < EVENTS_AT_ONCE || signal?.aborted) return events
  }
}

async function takeOver(tx: TransactionSql): Promise<number> {
  await tx`set local statement_timeout = '2min'`
  const [progress] = await tx<{ from: string; until: string; ready: boolean }[]>`
    select written_until as from, least(seen_until, written_until + ${EVENTS_AT_ONCE}) as until,
      seen_xact <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint as ready
    from order_term_progress for update skip locked`
  if (!progress?.ready) return 0
  const { from, until } = progress
  await tx`
    with touched as materialized (
      select orders.id, placed_at, payments.id as payment_id, payments.state
      from (select distinct order_id from order_events where id > ${from} and id <= ${until}) event
      join orders on orders.id = event.order_id join payments on payments.order_id = orders.id
    ), found as (
      select id, unnest(name_terms(recipient)) as term from touched join order_addresses on order_id = id
      union all
      select id, 'v:' || variant_id from touched join order_lines on order_id = id
      union all
      select touched.id, 'p:' || provider from touched join payment_attempts using (payment_id)
      union all
      select id, 'm:' || state from touched where state = any (${[...RARE_MONEY]})
      union all
      select id, 'r' from touched where exists (select from refund_requests where order_id = touched.id)
    )
    insert into order_terms (term, placed_at, order_id)
    select distinct term, placed_at, id from found join touched using (id)
    on conflict do nothing`
  await tx`
    update order_term_progress set written_until = ${until},
      seen_until = case when seen_until > ${until} then seen_until
        else greatest(seen_until, (select coalesce(max(id), 0) from order_events)) end,
      seen_xact = case when seen_until > ${until} then seen_xact
        else pg_snapshot_xmax(pg_current_snapshot())::text::bigint end`
  return Number(BigInt(until) - BigInt(from))
}
