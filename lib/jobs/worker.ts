import { sql } from '#db/client.ts'
import { log } from '#lib/log.ts'
import { requireSoundSettings } from '#lib/payments/require-sound-settings.ts'
import { keepBeating } from '#lib/telemetry/keep-beating.ts'
import { startTracing } from '#lib/telemetry/tracing/start-tracing.ts'
import { JOBS } from './registry.ts'
import { startWorker } from './start-worker.ts'

requireSoundSettings()
const traces = startTracing(process.env, 'worker')

/** The worker's process: works off jobs until it is told to stop, then lets those that run come to their end. */
const worker = await startWorker(JOBS)
const beating = await keepBeating('worker')

async function stop(signal: NodeJS.Signals) {
  log.info({ signal }, 'worker stops')
  await worker.stop()
  await beating.stop()
  await traces?.flush()
  await sql.end({ timeout: 5 })
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
