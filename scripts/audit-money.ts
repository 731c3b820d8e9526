import { auditMoney } from '#db/audit/audit-money.ts'
import { sql } from '#db/client.ts'

// Rebuilds the books from ledger and events, asks every rule, and exits with 1 when something differs. Reads only.

const startedAt = performance.now()
const findings = await auditMoney().finally(() => sql.end({ timeout: 5 }))
const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`

for (const [rule, found] of Object.entries(Object.groupBy(findings, ({ rule }) => rule))) {
  const [first] = found ?? []
  if (!found || !first) continue
  console.log(`${first.invariant} ${rule}: ${first.sentence}`)
  for (const { what } of found) console.log(`  ${what}`)
}
console.log(findings.length === 0 ? `The books are sound (${took}).` : `\n${findings.length} findings (${took}).`)
if (findings.length > 0) process.exitCode = 1
