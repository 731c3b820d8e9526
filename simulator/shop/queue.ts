import { PgBoss } from 'pg-boss'
import type postgres from 'postgres'
import type { AnyJob } from '../../lib/jobs/job.ts'
import { log } from '../../lib/log.ts'
import { clock } from '../platform/virtual-platform.ts'
import { Crash } from './crash.ts'

/** A worker that died is missed by its heartbeat after 30 s, and seen by the next look of another after 10 s more. */
const MISSED_AFTER_MS = 40_000

export interface Queue {
  /** When the next job that somebody works off is due; null when there is none. */
  nextDueAt(): Promise<number | null>
  /** Runs what is due now, one after the other. */
  runDue(): Promise<void>
  stop(): Promise<void>
}

/**
 * The worker's part without its loops: pg-boss itself hands out each job, completes it, puts it off after a failure and
 * takes it back from a worker that died, all by its own statements in virtual time; the handlers are the real ones.
 */
export async function openQueue(databaseUrl: string, sql: postgres.Sql, jobs: readonly AnyJob[]): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 1,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  })
  boss.on('error', (err) => log.error({ err }, 'the queue has a problem'))
  await boss.start()
  const handlers = new Map(jobs.map((job) => [job.name as string, job]))
  const names = [...handlers.keys()]
  let missAt: number | null = null

  const dueQueues = async () => {
    const rows = await sql<{ name: string }[]>`
      select name from pgboss.job
      where state < 'active' and name = any (${names}) and start_after <= ${new Date(clock.now()).toISOString()}::timestamptz
      group by name order by min(start_after), name`
    return rows.map(({ name }) => name)
  }

  async function runOne(name: string): Promise<void> {
    const [job] = await boss.fetch(name, { batchSize: 1 })
    const handler = handlers.get(name)
    if (!job || !handler) return
    try {
      const result = await handler.runWith(job.data, { now: new Date(), signal: new AbortController().signal })
      await boss.complete(name, job.id, result)
    } catch (error) {
      if (error instanceof Crash) missAt = clock.now() + MISSED_AFTER_MS
      else await boss.fail(name, job.id, { message: String(error) })
    }
  }

  return {
    async nextDueAt() {
      const [row] = await sql<{ at: number | null }[]>`
        select ceil(extract(epoch from min(start_after)) * 1000)::float8 as at
        from pgboss.job where state < 'active' and name = any (${names})`
      const times = [row?.at, missAt].filter((time) => typeof time === 'number')
      return times.length > 0 ? Math.min(...times) : null
    },
    async runDue() {
      if (missAt !== null && missAt <= clock.now()) {
        missAt = null
        await boss.supervise()
      }
      for (;;) {
        const [name] = await dueQueues()
        if (name === undefined) return
        await runOne(name)
      }
    },
    stop: () => boss.stop({ graceful: false }),
  }
}
