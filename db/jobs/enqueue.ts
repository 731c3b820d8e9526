import 'server-only'
import { sql } from 'drizzle-orm'
import type { DbOrTransaction } from '../client.ts'
import { INSERT_JOBS } from './insert-jobs.ts'
import type { Job } from './queues.ts'

/** Hands jobs to the worker in the caller's transaction: they are done when it commits, and never heard of otherwise. */
export async function enqueue(tx: DbOrTransaction, ...jobs: readonly Job[]): Promise<void> {
  const rows = jobs.map(({ name, data, startAfter }) => ({ name, data, start_after: startAfter?.toISOString() }))
  await tx.execute(sql`
    with job as (
      select name, data, coalesce(start_after, now()) as start_after
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as row (name text, data jsonb, start_after timestamptz)
    ) ${sql.raw(INSERT_JOBS)}`)
}
