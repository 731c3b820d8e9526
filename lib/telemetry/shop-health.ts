import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { readHealth } from '#db/health/read-health.ts'
import { isDatabaseReachable } from '#db/is-database-reachable.ts'
import { type Health, judgeHealth } from '../domain/shop-health.ts'
import { freshnessProblems } from '../freshness/freshness-health.ts'
import { isStopping } from '../http/drain.ts'
import { log } from '../log.ts'

const DATABASE_ANSWERS_WITHIN_MS = 2_000
const KNOWN_FOR_MS = 1_000
const NOTHING_KNOWN = {
  lacksMigrations: false,
  workerSilentS: null,
  queueLateS: 0,
  clockDriftMs: 0,
  unofferedProviders: [],
}

let known: { readonly until: number; readonly health: Promise<Health> } | null = null

/** How this process and the shop stand; asked of the database once a second at most, however many ask us. */
export function shopHealth(): Promise<Health> {
  if (isStopping()) return Promise.resolve({ reasons: ['stopping'], concerns: [] })
  const now = performance.now()
  if (known === null || now > known.until) known = { until: now + KNOWN_FOR_MS, health: lookAtShop() }
  return known.health
}

async function lookAtShop(): Promise<Health> {
  const freshness = freshnessProblems()
  if (!(await isDatabaseReachable(DATABASE_ANSWERS_WITHIN_MS)))
    return judgeHealth({ ...NOTHING_KNOWN, isDatabaseReachable: false, freshness })
  const read = readHealth(new Date()).catch((err: unknown) => {
    log.warn({ err }, 'the state of the shop could not be read')
    return null
  })
  const facts = await Promise.race([read, delay(DATABASE_ANSWERS_WITHIN_MS, null, { ref: false })])
  if (facts) return judgeHealth({ ...facts, isDatabaseReachable: true, freshness })
  const { reasons } = judgeHealth({ ...NOTHING_KNOWN, isDatabaseReachable: true, freshness })
  return { reasons, concerns: ['state_unknown'] }
}
