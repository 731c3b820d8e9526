import 'server-only'
import { sql } from '../client.ts'
import { askRules } from './ask-rules.ts'
import type { Finding } from './audit-rule.ts'
import { AUDIT_RULES, BOOK_RULES } from './audit-rules.ts'
import { checkPaymentStates } from './payment-state-rule.ts'
import { checkAuditLogSeals, checkSeals, type SealWitness } from './seal-rule.ts'

export type AuditOptions = {
  /** The instant of the audit, for what must have happened by now. */
  readonly now?: Date
  /** False for the books alone, whatever is late. */
  readonly delays?: boolean
  /** Where the chain of seals ended at some time. */
  readonly witness?: SealWitness | null
}

/**
 * Rebuilds from ledger and events what other columns say, and asks every rule; reads only, in one snapshot, so that it
 * can run in a shop that takes orders meanwhile.
 * @returns what differs, at most 1,000 things of each rule; nothing in a sound shop.
 */
export async function auditMoney({
  now = new Date(),
  delays = true,
  witness = null,
}: AuditOptions = {}): Promise<Finding[]> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    // An audit takes its time, and holds up nobody. It sorts whole tables, and compiling each rule takes longer than asking.
    await tx`set local statement_timeout = 0`
    await tx`set local work_mem = '64MB'`
    await tx`set local jit = off`
    return [
      ...(await askRules(tx, delays ? AUDIT_RULES : BOOK_RULES, now)),
      ...(await checkPaymentStates(tx)),
      ...(await checkSeals(tx, witness)),
      ...(await checkAuditLogSeals(tx)),
    ]
  })
}
