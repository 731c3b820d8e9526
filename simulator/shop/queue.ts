import { PgBoss } from 'pg-boss'
import type postgres from 'postgres'
import type { AnyJob } from '../../lib/jobs/job.ts'
import { log } from '../../lib/log.ts'
import type { DatabaseLine } from '../platform/database-line.ts'
import { clock } from '../platform/virtual-platform.ts'
import { Crash } from './crash.ts'

/** A worker that died is missed by its heartbeat after 30 s, and seen by the next look of another after 10 s more. */
const MISSED_AFTER_MS = 40_000

export interface Queue {
  /** A new story begins: nobody has died in it yet. */
  begin(): void
  /** When the next job that somebody works off is due; null when there is none. */
  nextDueAt(): Promise<number | null>
  /** Runs what is due now, one after the other. */
  runDue(): Promise<void>
}

type Props = {
  readonly databaseUrl: string
  readonly own: postgres.Sql
  readonly line: DatabaseLine
  readonly jobs: readonly AnyJob[]
}

/** The job that is due first. */
type Next = { readonly name: string; readonly at: number }

/**
 * The worker's part without its loops: pg-boss itself hands out each job, completes it, puts it off after a failure and
 * takes it back from a worker that died, all by its own statements in virtual time; the handlers are the real ones.
 */
export async function openQueue({ databaseUrl, own, line, jobs }: Props): Promise<Queue> {
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

  /** What was found, and after how many statements of the shop: until its next one nothing changes. */
  let found: { readonly next: Next | null; readonly after: number } | null = null
  const findNext = async (): Promise<Next | null> => {
    if (found?.after === line.statements) return found.next
    const [next = null] = await own<Next[]>`
      select name, ceil(extract(epoch from start_after) * 1000)::float8 as at
      from pgboss.job where state < 'active' and name = any (${names}) order by start_after, name limit 1`
    found = { next, after: line.statements }
    return next
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
    begin() {
      missAt = null
      found = null
    },
    async nextDueAt() {
      const times = [(await findNext())?.at, missAt].filter((time) => typeof time === 'number')
      return times.length > 0 ? Math.min(...times) : null
    },
    async runDue() {
      if (missAt !== null && missAt <= clock.now()) {
        missAt = null
        await boss.supervise()
      }
      for (;;) {
        const next = await findNext()
        if (!next || next.at > clock.now()) return
        await runOne(next.name)
      }
    },
  }
}
