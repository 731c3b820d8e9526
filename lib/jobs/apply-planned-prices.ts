import 'server-only'
import { z } from 'zod'
import { applyPlannedPrices } from '#db/catalog/apply-planned-prices.ts'
import { defineJob } from './job.ts'

/** Enqueued for the moment of each planned price; every few minutes anyway, for one that was missed. */
export const applyPlannedPricesJob = defineJob({
  name: 'apply-planned-prices',
  data: z.strictObject({}),
  cron: '*/5 * * * *',
  run: async (_, { now }) => ({ changed: await applyPlannedPrices(now) }),
})
