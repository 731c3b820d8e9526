import 'server-only'
import { z } from 'zod'
import { refreshFigures } from '#db/figures/refresh-figures.ts'
import { defineJob } from './job.ts'

/** Each minute: the figures of today are a minute old at most, and what came late is where it belongs. */
export const refreshFiguresJob = defineJob({
  name: 'refresh-figures',
  data: z.strictObject({}),
  cron: '* * * * *',
  run: async (_, { signal }) => ({ days: await refreshFigures(signal) }),
})
