import 'server-only'
import { z } from 'zod'
import { purgeAccounts } from '#db/accounts/erase-account.ts'
import { pruneLimits } from '#db/limits/take-from-limit.ts'
import { defineJob } from './job.ts'

/** How long a link that is over is still told from one that never was, and an ended session kept. */
const KEPT_MS = 30 * 86_400_000

/** Removes what sign-ins leave behind. */
export const purgeAccountsJob = defineJob({
  name: 'purge-accounts',
  data: z.strictObject({}),
  cron: '20 4 * * *',
  run: async (_, { now }) => ({
    purged: await purgeAccounts(new Date(now.getTime() - KEPT_MS)),
    limits: await pruneLimits(now),
  }),
})
