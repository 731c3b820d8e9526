import 'server-only'
import type { HealthFacts } from '#lib/domain/shop-health.ts'
import { sql } from '../client.ts'
import { readUnoffered } from '../providers/read-offering.ts'
import { lacksMigrations } from './lacks-migrations.ts'
import { readQueues } from './read-queue.ts'

/** What the database knows of the shop's health. Throws when it does not answer. */
export async function readHealth(now: Date): Promise<Omit<HealthFacts, 'isDatabaseReachable' | 'freshness'>> {
  const asked = Date.now()
  const [clock] = await sql<{ ms: number; silent: number | null }[]>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms,
      (select extract(epoch from clock_timestamp() - max(seen_at))::float8 from processes where kind = 'worker') as silent`
  const clockDriftMs = Math.round((asked + Date.now()) / 2 - (clock?.ms ?? asked))
  const [queues, unoffered, isBehind] = await Promise.all([readQueues(now), readUnoffered(now), lacksMigrations()])
  return {
    lacksMigrations: isBehind,
    workerSilentS: clock?.silent ?? null,
    queueLateS: Math.max(0, ...queues.map(({ longestS }) => longestS)),
    clockDriftMs,
    unofferedProviders: [...unoffered].map(([provider, why]) => ({ provider, why })),
  }
}
