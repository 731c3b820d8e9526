import 'server-only'
import type { DbOrTransaction } from '../client.ts'
import { auditLog } from './schema.ts'

/** What was done, by whom, to what. Values must be fit for JSON: amounts as text. Never a secret or a password. */
export type AuditEntry = {
  /** `staff:<account id>` or `system`. */
  readonly actor: string
  /** The permission that it needed, or a word of the same kind: `orders.ship`, `staff.sign_in`. */
  readonly action: string
  readonly about: { readonly kind: string; readonly id: string }
  readonly before?: unknown
  readonly after?: unknown
  readonly reason?: string | null | undefined
  readonly ip?: string | null | undefined
}

/** Writes what staff did, in the transaction that does it. */
export async function appendAuditEntry(
  tx: DbOrTransaction,
  { actor, action, about, before, after, reason = null, ip = null }: AuditEntry,
): Promise<void> {
  await tx
    .insert(auditLog)
    .values({ actor, action, aboutKind: about.kind, aboutId: about.id, before, after, reason, ip })
}
