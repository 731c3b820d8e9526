import 'server-only'
import { z } from 'zod'
import { writeOrderTerms } from '#db/office/write-order-terms.ts'
import { defineJob } from './job.ts'

/** Each minute: what the office searches by is at most two minutes behind, and the search reads the rest itself. */
export const writeOrderTermsJob = defineJob({
  name: 'write-order-terms',
  data: z.strictObject({}),
  cron: '* * * * *',
  run: async (_, { signal }) => ({ events: await writeOrderTerms(signal) }),
})
