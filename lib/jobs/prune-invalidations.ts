import 'server-only'
import { z } from 'zod'
import { pruneInvalidations } from '#db/invalidations/prune-invalidations.ts'
import { defineJob } from './job.ts'

/** Three times what a page may be kept at most (`app/_cached/catalog.ts`), so that no build can still need a row. */
const KEPT_DAYS = 90

export const pruneInvalidationsJob = defineJob({
  name: 'prune-invalidations',
  data: z.strictObject({}),
  cron: '20 4 * * *',
  run: async (_, { now }) => ({ pruned: await pruneInvalidations(new Date(now.getTime() - KEPT_DAYS * 86_400_000)) }),
})
