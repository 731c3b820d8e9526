import 'server-only'
import { sql } from '../client.ts'

/** So many are counted; a shop that has more open does not need to know how many. */
export const MOST_COUNTED = 999

/** Everything that waits for a person, with what has waited longest; each statement walks an index of what is open. */
const WORK = {
  toShip: `select placed_at from orders where state = 'confirmed' and fulfilment in ('unfulfilled', 'partial')`,
  requests: `select requested_at from refund_requests where state in ('requested', 'goods_received')`,
  reviews: `select changed_at from reviews where state = 'pending'`,
  refunds: `select requested_at from refunds where state in ('failed', 'abnormal')
    and exists (select from refund_requests where id = request_id and refund_requests.state in ('approved', 'refunding'))`,
  incidents: `select opened_at from incidents where settled_at is null`,
  differences: `select opened_at from bill_differences where state = 'open'`,
  bills: `select day::timestamptz from bill_days where state = 'refused' or (state = 'waiting' and tries > 6)`,
  deadJobs: `select created_on from pgboss.job where name = 'dead-jobs' and state in ('created', 'retry', 'active')`,
} as const
export type WorkKind = keyof typeof WORK

export type OpenWork = { readonly count: number; readonly oldest: Date | null }

/** What waits for a person, of each kind; counts stop at 1,000. */
export async function countOpenWork(): Promise<Readonly<Record<WorkKind, OpenWork>>> {
  const parts = Object.entries(WORK).map(
    ([kind, statement]) => `select '${kind}' as kind, count(*)::int as count, min(since) as oldest
      from (select since from (${statement}) as open (since) order by since limit ${MOST_COUNTED + 1}) as counted`,
  )
  const rows = await sql.unsafe<{ kind: WorkKind; count: number; oldest: string | null }[]>(parts.join(' union all '))
  return Object.fromEntries(
    rows.map(({ kind, count, oldest }) => [kind, { count, oldest: oldest === null ? null : new Date(oldest) }]),
  ) as Record<WorkKind, OpenWork>
}
