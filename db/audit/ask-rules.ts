import 'server-only'
import type { TransactionSql } from 'postgres'
import type { AuditRule, Finding } from './audit-rule.ts'

/** Of each rule, so that a shop that is all wrong still gets an answer that can be read. */
const MOST_FINDINGS = 1_000

/** Asks these rules in the caller's transaction. @returns at most 1,000 findings of each. */
export async function askRules(
  tx: TransactionSql,
  rules: Readonly<Record<string, AuditRule>>,
  now: Date,
): Promise<Finding[]> {
  const asked = Object.entries(rules).map(async ([rule, { invariant, sentence, sql }]) => {
    const broken = await tx.unsafe<{ what: string }[]>(
      `with clock as materialized (select $1::timestamptz as now)
       select what from (${sql}) as broken limit ${MOST_FINDINGS}`,
      [now.toISOString()],
    )
    return broken.map(({ what }) => ({ rule, invariant, sentence, what }))
  })
  return (await Promise.all(asked)).flat()
}
