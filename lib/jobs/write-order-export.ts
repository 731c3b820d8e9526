import 'server-only'
import { z } from 'zod'
import { removeOldExports } from '#db/office/remove-old-exports.ts'
import { writeOrderExport } from '../office/write-order-export.ts'
import { defineJob } from './job.ts'

/** Writes a list of orders to a file, for who asked for it in the office. */
export const writeOrderExportJob = defineJob({
  name: 'write-order-export',
  data: z.object({ exportId: z.uuid() }),
  run: async ({ exportId }, { signal }) => ({ exportId, outcome: await writeOrderExport(exportId, signal) }),
})

/** Takes such files away again, since they hold what shoppers told us. */
export const removeOldExportsJob = defineJob({
  name: 'remove-old-exports',
  data: z.strictObject({}),
  cron: '*/15 * * * *',
  run: (_, { now }) => removeOldExports(now),
})
