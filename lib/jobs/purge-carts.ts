import 'server-only'
import { z } from 'zod'
import { purgeCarts } from '#db/carts/purge-carts.ts'
import { defineJob } from './job.ts'

const UNTOUCHED_DAYS = 60

/** Forgets carts that nobody came back for; the browser's cookie lives no longer either. */
export const purgeCartsJob = defineJob({
  name: 'purge-carts',
  data: z.strictObject({}),
  cron: '10 4 * * *',
  run: async (_, { now }) => ({ purged: await purgeCarts(new Date(now.getTime() - UNTOUCHED_DAYS * 86_400_000)) }),
})
