import type { IncidentKind, Sighting } from './incident-kinds.ts'
import type { RiskFacts } from './risk-facts.ts'
import { RISK_RULES } from './risk-rules.ts'

/** All that the rules see. One that throws is itself something to see, and stops none of the others. */
export function judgeRisk(facts: RiskFacts, rules: typeof RISK_RULES = RISK_RULES): readonly Sighting[] {
  return Object.entries(rules).flatMap(([name, rule]): readonly Sighting[] => {
    const kind = name as IncidentKind
    try {
      return rule(facts).map((seen) => ({ ...seen, kind }))
    } catch (error) {
      const evidence = { rule: kind, error: error instanceof Error ? error.message : String(error) }
      return [{ kind: 'rule_broken', subject: `rule:${kind}`, occurrence: null, evidence }]
    }
  })
}
