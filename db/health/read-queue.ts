import 'server-only'
import { sql } from '../client.ts'
import { DEAD_JOBS } from '../jobs/queues.ts'

export type QueueState = {
  readonly name: string
  /** Jobs that should have begun, and for how long the first of them waits, in seconds. */
  readonly waiting: number
  readonly longestS: number
  readonly active: number
  /** Those that are planned for later. */
  readonly planned: number
}

/** What is in each queue that has something in it, the longest wait first. */
export const readQueues = (now: Date): Promise<readonly QueueState[]> => sql<QueueState[]>`
  select name, (count(*) filter (where state <> 'active' and start_after <= ${now.toISOString()}))::int as waiting,
    coalesce(max(extract(epoch from ${now.toISOString()}::timestamptz - start_after))
      filter (where state <> 'active' and start_after <= ${now.toISOString()}), 0)::int as "longestS",
    (count(*) filter (where state = 'active'))::int as active,
    (count(*) filter (where state <> 'active' and start_after > ${now.toISOString()}))::int as planned
  from pgboss.job where state in ('created', 'retry', 'active') and name <> ${DEAD_JOBS}
  group by name order by 3 desc, name`

/** How long the job waits that should have begun first, in seconds; 0 where none does. */
export async function readQueueLag(now: Date): Promise<number> {
  const [row] = await sql<{ seconds: number }[]>`
    select coalesce(extract(epoch from ${now.toISOString()}::timestamptz - min(start_after)), 0)::int as seconds
    from pgboss.job
    where state < 'active' and start_after <= ${now.toISOString()} and name <> ${DEAD_JOBS}`
  return row?.seconds ?? 0
}

/** Jobs that failed every time and wait for a person. */
export async function countDeadJobs(): Promise<number> {
  const [row] = await sql<{ dead: number }[]>`
    select count(*)::int as dead from pgboss.job where name = ${DEAD_JOBS} and state = 'created'`
  return row?.dead ?? 0
}
