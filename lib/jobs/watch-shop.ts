import 'server-only'
import { z } from 'zod'
import { db } from '#db/client.ts'
import { passIncidents } from '#db/incidents/pass-incidents.ts'
import { raiseIncident } from '#db/incidents/raise-incident.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { noteOffering } from '#db/providers/note-offering.ts'
import { pauseProvider } from '#db/providers/pause-provider.ts'
import { pruneCalls } from '#db/providers/prune-calls.ts'
import { type Offering, readOffering } from '#db/providers/read-offering.ts'
import { holdSuspiciousOrders } from '#db/risk/hold-orders.ts'
import { readRiskFacts } from '#db/risk/read-risk-facts.ts'
import { slowAbusiveSources } from '#db/risk/slow-sources.ts'
import { judgeRisk } from '../domain/risk/judge-risk.ts'
import { DISPUTES_UNTIL_PAUSE } from '../domain/risk/provider-circuit.ts'
import type { RiskFacts } from '../domain/risk/risk-facts.ts'
import { env } from '../env.ts'
import { PROVIDER_NAMES } from '../payments/port.ts'
import { defineJob } from './job.ts'

/** A minute between two looks would be a minute until somebody is called. */
const AGAIN_AFTER_MS = [20_000, 40_000]

/** Looks three times a minute whether something needs a person: at the full minute, which plans the two other looks. */
export const watchShopJob = defineJob({
  name: 'watch-shop',
  data: z.strictObject({ between: z.literal(true).optional() }),
  cron: '* * * * *',
  run: async ({ between }, { now }) => {
    const later = AGAIN_AFTER_MS.map((ms) => new Date(now.getTime() + ms))
    if (!between)
      await enqueue(
        db,
        ...later.map((startAfter) => ({ name: 'watch-shop', data: { between: true }, startAfter }) as const),
      )
    return watchShop(now)
  },
})

/** Opens, counts and settles incidents by what the rules see, and pauses a provider whose reports can't be right. */
export async function watchShop(now: Date) {
  const facts = await readRiskFacts(now)
  const opened: string[] = []
  for (const seen of judgeRisk(facts)) if (await raiseIncident(seen, now)) opened.push(seen.kind)
  const offering = await readOffering(now)
  opened.push(...(await tellResting(offering, now)))
  const passed = await passIncidents(now, now)
  const paused = await pauseDisputed(facts)
  await noteOffering(offering, now)
  const held = env.ORDER_HOLDS === 'on' ? await holdSuspiciousOrders(now) : []
  const slowed = await slowAbusiveSources(now)
  await pruneCalls(now)
  return { opened, passed, paused, held, slowed }
}

async function tellResting({ resting }: Offering, now: Date): Promise<string[]> {
  const opened: string[] = []
  for (const way of resting) {
    const seen = {
      kind: 'method_failing',
      subject: `way:${way}`,
      occurrence: null,
      evidence: { way },
      acted: true,
    } as const
    if (await raiseIncident(seen, now)) opened.push(seen.kind)
  }
  return opened
}

async function pauseDisputed({ disputes, now }: RiskFacts): Promise<string[]> {
  const paused: string[] = []
  for (const provider of PROVIDER_NAMES) {
    const reports = disputes.filter((dispute) => dispute.provider === provider)
    if (reports.length < DISPUTES_UNTIL_PAUSE) continue
    // These very reports pause it once: a person who offers it again has looked at them.
    const occurrence = reports
      .map(({ id }) => id)
      .toSorted()
      .slice(-DISPUTES_UNTIL_PAUSE)
      .join(' ')
    const evidence = { provider, reports: reports.length, orders: reports.map(({ order }) => order).join(', ') }
    const opened = await raiseIncident(
      { kind: 'provider_paused', subject: `provider:${provider}`, occurrence, evidence },
      now,
    )
    if (opened && (await pauseProvider(provider, `${reports.length} disputed reports`, 'system', now)))
      paused.push(provider)
  }
  return paused
}
