/** How the shop stands at one moment, as far as a machine can tell. */
export type HealthFacts = {
  readonly isDatabaseReachable: boolean
  /** True when this release knows migrations that the database has not had. */
  readonly lacksMigrations: boolean
  /** Why pages of this process might be old. */
  readonly freshness: readonly string[]
  /** Seconds since the youngest sign of life of a worker; null where there is none. */
  readonly workerSilentS: number | null
  /** Seconds that the job waits which has waited longest. */
  readonly queueLateS: number
  /** Our clock less the database's. */
  readonly clockDriftMs: number
  readonly unofferedProviders: readonly { readonly provider: string; readonly why: string }[]
}

export type Health = {
  /** Why this process must not be sent shoppers; empty when it may. */
  readonly reasons: readonly string[]
  /** What a person should look at though this process can serve: taking it out would make nothing better. */
  readonly concerns: readonly string[]
}

const WORKER_SILENT_S = 45
const QUEUE_LATE_S = 60
const CLOCK_DRIFT_MS = 2_000

/** Ready is about this process alone: a dead worker or gateway must not take the shop's pages down too. */
export function judgeHealth(facts: HealthFacts): Health {
  const { isDatabaseReachable, lacksMigrations, freshness, unofferedProviders } = facts
  const reasons = [
    ...(isDatabaseReachable ? [] : ['database_unreachable']),
    ...(lacksMigrations ? ['migrations_pending'] : []),
    ...freshness,
  ]
  if (!isDatabaseReachable) return { reasons, concerns: [] }
  const isWorkerSilent = facts.workerSilentS === null || facts.workerSilentS > WORKER_SILENT_S
  const concerns = [
    ...(isWorkerSilent ? ['worker_silent'] : []),
    ...(facts.queueLateS > QUEUE_LATE_S ? ['queue_late'] : []),
    ...(Math.abs(facts.clockDriftMs) > CLOCK_DRIFT_MS ? ['clock_drift'] : []),
    ...unofferedProviders.map(({ provider, why }) => `provider_${why}:${provider}`),
  ]
  return { reasons, concerns }
}
