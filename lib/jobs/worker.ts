import { sql } from '#db/client.ts'
import { log } from '#lib/log.ts'
import { requireSoundSettings } from '#lib/payments/require-sound-settings.ts'
import { JOBS } from './registry.ts'
import { startWorker } from './start-worker.ts'

requireSoundSettings()

/** The worker's process: works off jobs until it is told to stop, then lets those that run come to their end. */
const worker = await startWorker(JOBS)

async function stop(signal: NodeJS.Signals) {
  log.info({ signal }, 'worker stops')
  await worker.stop()
  await sql.end({ timeout: 5 })
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
