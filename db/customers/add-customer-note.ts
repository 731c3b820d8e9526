import 'server-only'
import { eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { accounts } from '../accounts/schema.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { customerNotes } from './schema.ts'

/** Writes down something about a customer. The log says that it was done, not what: notes go with the account. */
export const addCustomerNote = (
  permit: Permit<'orders.note'>,
  { customerId, body }: { readonly customerId: string; readonly body: string },
): Promise<Result<null, { readonly code: 'unknown_customer' }>> =>
  db.transaction(async (tx) => {
    const [known] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, customerId)).for('share')
    if (!known) return err({ code: 'unknown_customer' })
    const actor = staffActor(permit)
    await tx.insert(customerNotes).values({ accountId: customerId, body, actor })
    await appendAuditEntry(tx, { actor, action: 'customer.note', about: { kind: 'customer', id: customerId } })
    return ok(null)
  })
