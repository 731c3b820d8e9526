import 'server-only'
import { sql } from '../client.ts'

/**
 * Hands over the rows of `job (name, data, start_after)`. The same columns that pg-boss writes; a queue that does not
 * exist fails the statement instead of losing the job.
 */
export const INSERT_JOBS = `
  insert into pgboss.job (
    name, data, start_after, keep_until, policy, retry_limit, retry_delay, retry_delay_max, retry_backoff,
    expire_seconds, deletion_seconds, dead_letter, heartbeat_seconds
  )
  select
    job.name, job.data, job.start_after, job.start_after + queue.retention_seconds * interval '1 second', queue.policy,
    queue.retry_limit, queue.retry_delay, queue.retry_delay_max, queue.retry_backoff,
    queue.expire_seconds, queue.deletion_seconds, queue.dead_letter, queue.heartbeat_seconds
  from job
  left join pgboss.queue using (name)`

/** The same as a step of a statement that has a step `job`: the follow-up work is there exactly when its cause is. */
export const insertJobs = () => sql.unsafe(INSERT_JOBS)
