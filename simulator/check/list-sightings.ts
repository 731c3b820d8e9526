import { holdSuspiciousOrders } from '../../db/risk/hold-orders.ts'
import { readRiskFacts } from '../../db/risk/read-risk-facts.ts'
import { judgeRisk } from '../../lib/domain/risk/judge-risk.ts'

/** All that the watch sees at this moment; on a good day nothing. */
export async function listSightings(): Promise<string[]> {
  const now = new Date()
  const seen = judgeRisk(await readRiskFacts(now))
  const held = await holdSuspiciousOrders(now)
  return [
    ...seen.map(({ kind, subject, evidence }) => `the watch sees ${kind} of ${subject} ${JSON.stringify(evidence)}`),
    ...held.map((number) => `the watch holds ${number}`),
  ]
}
