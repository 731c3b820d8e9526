import 'server-only'
import type { AnyJob } from './job.ts'
import { pruneInvalidationsJob } from './prune-invalidations.ts'
import { purgeCartsJob } from './purge-carts.ts'

/** All that the worker works off. A job is a file beside this one and a line here; its queue is in `db/jobs/queues.ts`. */
export const JOBS: readonly AnyJob[] = [purgeCartsJob, pruneInvalidationsJob]
