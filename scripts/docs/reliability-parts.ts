import { AUDIT_RULES } from '#db/audit/audit-rules.ts'
import { PAYMENT_STATE_RULE } from '#db/audit/payment-state-rule.ts'
import { SEAL_RULES } from '#db/audit/seal-rule.ts'
import { code, table } from './markdown.ts'

const rules = Object.entries({ ...AUDIT_RULES, ...PAYMENT_STATE_RULE, ...SEAL_RULES }).toSorted(
  ([, one], [, other]) => Number(one.invariant.slice(1)) - Number(other.invariant.slice(1)),
)

/** What `docs/reliability.md` has from the code. */
export const RELIABILITY_PARTS = {
  'audit-rules': table(
    ['invariant', 'rule', 'what it finds'],
    rules.map(([name, { invariant, sentence }]) => [invariant, code(name), sentence]),
  ),
}
