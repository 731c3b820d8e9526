import 'server-only'
import { z } from 'zod'
import { passIncidents } from '#db/incidents/pass-incidents.ts'
import { raiseIncident } from '#db/incidents/raise-incident.ts'
import { pauseProvider } from '#db/providers/pause-provider.ts'
import { pruneCalls } from '#db/providers/prune-calls.ts'
import { readRiskFacts } from '#db/risk/read-risk-facts.ts'
import { judgeRisk } from '../domain/risk/judge-risk.ts'
import { DISPUTES_UNTIL_PAUSE } from '../domain/risk/provider-circuit.ts'
import type { RiskFacts } from '../domain/risk/risk-facts.ts'
import { PROVIDER_NAMES } from '../payments/port.ts'
import { defineJob } from './job.ts'

/** Looks each minute whether something needs a person. */
export const watchShopJob = defineJob({
  name: 'watch-shop',
  data: z.strictObject({}),
  cron: '* * * * *',
  run: (_, { now }) => watchShop(now),
})

/** Opens, counts and settles incidents by what the rules see, and pauses a provider whose reports can't be right. */
export async function watchShop(now: Date) {
  const facts = await readRiskFacts(now)
  const opened: string[] = []
  for (const seen of judgeRisk(facts)) if (await raiseIncident(seen, now)) opened.push(seen.kind)
  const passed = await passIncidents(now, now)
  const paused = await pauseDisputed(facts)
  await pruneCalls(now)
  return { opened, passed, paused }
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
