import type postgres from 'postgres'

/** What is still under way although nothing is left that could end it; empty when everything came to its end. */
export async function listUnfinished(sql: postgres.Sql, jobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ what: string }[]>`
    select 'an order still waits for its payment: ' || number as what from orders where state = 'pending_payment'
    union all
    select 'an attempt is still open: ' || out_trade_no from payment_attempts
    where state in ('created', 'redirected', 'processing', 'unknown')
    union all
    select 'a refund has not arrived: ' || refund_no || ' ' || state from refunds where state <> 'succeeded'
    union all
    select 'a job was given up: ' || data::text from pgboss.job where name = 'dead-jobs'
    union all
    select 'a job is not done: ' || name || ' ' || state::text || ' ' || data::text from pgboss.job
    where name = any (${[...jobs]}) and state in ('created', 'retry', 'active')`
  return rows.map(({ what }) => what)
}
