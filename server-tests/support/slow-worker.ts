import { z } from 'zod'
import { defineJob } from '#lib/jobs/job.ts'
import { startWorker } from '#lib/jobs/start-worker.ts'

/** The real worker with one job of its own: it says that it has begun, and ends only in a worker that is told `finish`. */
const worker = await startWorker([
  defineJob({
    name: 'purge-carts',
    data: z.strictObject({}),
    run: async () => {
      console.log('job begun')
      if (!process.argv.includes('finish')) await new Promise(() => setInterval(() => undefined, 1_000))
      return {}
    },
  }),
])
process.once('SIGTERM', async () => {
  await worker.stop()
  process.exit(0)
})
