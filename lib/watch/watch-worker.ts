import 'server-only'
import { raiseIncident } from '#db/incidents/raise-incident.ts'
import { readWorkerSilence } from '#db/processes/read-worker-silence.ts'
import { log } from '../log.ts'
import { type Operator, tellOperator } from './tell-operator.ts'

/** Longer than a restart of the worker takes. */
const SILENT_AFTER_S = 60
const LOOK_EVERY_MS = 10_000

const CHANNELS = ['mail', 'webhook'] as const
type Untold = { readonly incidentId: string; readonly channel: (typeof CHANNELS)[number] }

/**
 * One look of a web process at the worker, whose death nobody else could tell of. The process that opens the incident
 * tells it by itself.
 * @param untold what an earlier look could not tell.
 * @returns what is still to be told.
 */
export async function watchWorker(
  operator: Operator,
  { aliveS, untold }: { readonly aliveS: number; readonly untold: readonly Untold[] },
  now: Date,
): Promise<readonly Untold[]> {
  const silentS = (await readWorkerSilence()) ?? aliveS
  const isSilent = silentS > SILENT_AFTER_S
  const evidence = { silentS: Math.round(silentS) }
  const opened = isSilent
    ? await raiseIncident({ kind: 'worker_silent', subject: '', occurrence: null, evidence }, now)
    : null
  const toTell = [...untold, ...(opened === null ? [] : CHANNELS.map((channel) => ({ incidentId: opened, channel })))]
  const left: Untold[] = []
  for (const one of toTell) {
    const failed = await tellOperator(one, operator, now).then(
      () => false,
      (err: unknown) => {
        log.warn({ err }, 'the operator could not be told that no worker lives')
        return true
      },
    )
    if (failed) left.push(one)
  }
  return left
}

/** Looks every ten seconds, for as long as this process lives. */
export function keepWatchingWorker(operator: Operator): void {
  const startedAt = performance.now()
  let untold: readonly Untold[] = []
  let isLooking = false
  const look = async () => {
    if (isLooking) return
    isLooking = true
    const aliveS = (performance.now() - startedAt) / 1_000
    untold = await watchWorker(operator, { aliveS, untold }, new Date()).catch((err: unknown) => {
      log.warn({ err }, 'nobody looked at the worker')
      return untold
    })
    isLooking = false
  }
  setInterval(() => void look(), LOOK_EVERY_MS).unref()
}
