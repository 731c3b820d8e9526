import 'server-only'
import type { z } from 'zod'
import type { JobData, JobName } from '#db/jobs/queues.ts'

/** What a handler is told beside its data. */
export type JobRun = {
  readonly now: Date
  /** Aborted when the worker is to stop or the job has run too long; pass it to what takes long. */
  readonly signal: AbortSignal
}

/**
 * One kind of work, whole in one file. Every job can run twice, so what it does must be safe to repeat. What it
 * returns is logged; what it throws makes it run again later.
 */
export type JobDefinition<Name extends JobName = JobName> = {
  readonly name: Name
  readonly data: z.ZodType<JobData[Name]>
  /** Minute, hour, day, month, weekday in the shop's time zone; for work that nobody enqueues. */
  readonly cron?: string
  readonly run: (data: JobData[Name], run: JobRun) => Promise<object>
}

/** A definition whose data was checked by its own schema: what the worker sees of a job of any name. */
export type AnyJob = {
  readonly name: JobName
  readonly cron?: string
  readonly runWith: (data: unknown, run: JobRun) => Promise<object>
}

export const defineJob = <Name extends JobName>({ data, run, ...job }: JobDefinition<Name>): AnyJob => ({
  ...job,
  runWith: async (given, context) => run(data.parse(given ?? {}), context),
})
