import { askRules } from '../audit/ask-rules.ts'
import { auditMoney } from '../audit/audit-money.ts'
import type { AuditRule } from '../audit/audit-rule.ts'
import { sql } from '../client.ts'

/** What can be asked only while no job is old enough to be deleted. */
const WHILE_YOUNG = {
  paid_order_has_one_mail: {
    invariant: 'I12',
    sentence: 'A paid order has not exactly one mail that says so.',
    sql: `select 'order ' || orders.number as what from orders
      where exists (
        select from order_events
        where order_events.order_id = orders.id and axis = 'order' and to_state = 'confirmed')::int <> (
        select count(*) from pgboss.job
        where name = 'send-order-mail' and data ->> 'orderId' = orders.id::text
          and data ->> 'kind' in ('order_paid', 'order_revived'))`,
  },
} as const satisfies Record<string, AuditRule>

/** Every rule of the audit that the books break, with what breaks it; empty when they are sound. */
export async function checkBooks(): Promise<string[]> {
  const now = new Date()
  const findings = [
    ...(await auditMoney({ now, delays: false })),
    ...(await sql.begin((tx) => askRules(tx, WHILE_YOUNG, now))),
  ]
  return findings.map(({ sentence, what }) => `${sentence} ${what}`)
}
