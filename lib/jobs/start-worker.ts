import 'server-only'
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { type Job, type JobResult, PgBoss } from 'pg-boss'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { withLogFields } from '#lib/telemetry/log-fields.ts'
import type { AnyJob } from './job.ts'

const TIME_ZONE = 'Asia/Shanghai'
/** How often to look for jobs, and for jobs whose worker fell silent. */
const POLL_SECONDS = 1
const SUPERVISE_SECONDS = 10
/** Jobs of one kind that run side by side in this process; with as many found, the next look comes at once. */
const BATCH = 10
/** What running jobs are given to end before they are left to another worker. */
const STOP_WITHIN_MS = 20_000

export type Worker = { readonly stop: () => Promise<void> }

/**
 * Works off the queues until it is stopped. A worker that dies is missed by its heartbeat (30 s) and noticed by the
 * next look of any other (10 s); its jobs then start again.
 */
export async function startWorker(jobs: readonly AnyJob[]): Promise<Worker> {
  const boss = new PgBoss({
    connectionString: env.DATABASE_URL,
    application_name: 'comptoir-worker',
    max: env.DATABASE_POOL,
    migrate: false,
    createSchema: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  })
  boss.on('error', (err) => log.error({ err }, 'the queue has a problem'))
  boss.on('warning', (warning) => log.warn({ warning }, 'the queue warns'))
  await boss.start()
  for (const job of jobs) {
    if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: TIME_ZONE, missed: 'once' })
    await boss.work(
      job.name,
      { pollingIntervalSeconds: POLL_SECONDS, batchSize: BATCH, burstWhenBatchFull: true, perJobResults: true },
      (batch) => Promise.all(batch.map((taken) => followJob(job, taken))),
    )
  }
  log.info({ jobs: jobs.map((job) => job.name) }, 'worker started')
  return { stop: () => boss.stop({ graceful: true, timeout: STOP_WITHIN_MS }) }
}

/** Each line of a job's log says which one it is, and its span is what causes those of the payments that it works on. */
const followJob = (job: AnyJob, taken: Job<unknown>): Promise<JobResult> =>
  withLogFields({ job: job.name, jobId: taken.id }, () =>
    trace
      .getTracer('comptoir')
      .startActiveSpan(`job ${job.name}`, { attributes: { 'job.id': taken.id } }, async (span) => {
        const result = await runJob(job, taken)
        if (result.status === 'failed') span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
        return result
      }),
  )

/** Never throws: one that fails must not take the others of its batch along. */
async function runJob(job: AnyJob, { id, data, signal, retryCount }: Job<unknown>): Promise<JobResult> {
  const fields = { attempt: retryCount + 1 }
  const startedAt = performance.now()
  const tookMs = () => Math.round(performance.now() - startedAt)
  try {
    const result = await job.runWith(data, { now: new Date(), signal })
    log.info({ ...fields, tookMs: tookMs(), result }, 'job done')
    return { id, status: 'completed', output: result }
  } catch (err) {
    log.error({ ...fields, tookMs: tookMs(), err }, 'job failed')
    return { id, status: 'failed', output: { message: err instanceof Error ? err.message : String(err) } }
  }
}
