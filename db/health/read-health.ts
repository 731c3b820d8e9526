import 'server-only'
import type { HealthFacts } from '#lib/domain/shop-health.ts'
import { sql } from '../client.ts'
import { readUnoffered } from '../providers/read-offering.ts'
import { lacksMigrations } from './lacks-migrations.ts'
import { readQueueLag } from './read-queue.ts'

/** What the database knows of the shop's health. Throws when it does not answer. */
export async function readHealth(now: Date): Promise<Omit<HealthFacts, 'isDatabaseReachable' | 'freshness'>> {
  const asked = Date.now()
  const [clock] = await sql<{ ms: number; silent: number | null }[]>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms,
      (select extract(epoch from clock_timestamp() - max(seen_at))::float8 from processes where kind = 'worker') as silent`
  const clockDriftMs = Math.round((asked + Date.now()) / 2 - (clock?.ms ?? asked))
  const [queueLateS, unoffered, isBehind] = await Promise.all([queueLag(now), readUnoffered(now), lacksMigrations()])
  return {
    lacksMigrations: isBehind,
    workerSilentS: clock?.silent ?? null,
    queueLateS,
    clockDriftMs,
    unofferedProviders: [...unoffered].map(([provider, why]) => ({ provider, why })),
  }
}

/** To find it each job is read that is planned, and the front asks three processes every two seconds. */
const LAG_KNOWN_FOR_MS = 15_000
let known: { readonly until: number; readonly seconds: number } | null = null

async function queueLag(now: Date): Promise<number> {
  if (known === null || performance.now() > known.until)
    known = { until: performance.now() + LAG_KNOWN_FOR_MS, seconds: await readQueueLag(now) }
  return known.seconds
}
