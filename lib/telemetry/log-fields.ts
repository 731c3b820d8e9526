import { AsyncLocalStorage } from 'node:async_hooks'
import { processWide } from './process-wide.ts'

/** What each line of the log has besides its own: the request, the job, the order that it is about. */
export type LogFields = {
  readonly request?: string
  readonly job?: string
  readonly jobId?: string
  readonly order?: string
}

const NONE: LogFields = {}
const storage = processWide('logFields', () => new AsyncLocalStorage<LogFields>())

/** The fields of where the caller stands. */
export const logFields = (): LogFields => storage.getStore() ?? NONE

/** Runs `work`, all of whose lines have these fields as well. */
export const withLogFields = <T>(fields: LogFields, work: () => T): T =>
  storage.run({ ...logFields(), ...fields }, work)
