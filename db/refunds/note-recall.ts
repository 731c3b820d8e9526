import 'server-only'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { refunds } from './schema.ts'

/** The refund of a request whose money reached nobody, with the payment that it is of. */
export async function readAbnormalRefund(requestId: string) {
  const [found] = await db
    .select({ refund: refunds, attempt: paymentAttempts })
    .from(refunds)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .where(eq(refunds.requestId, requestId))
    .orderBy(desc(refunds.sequence))
    .limit(1)
  if (!found) return 'unknown_request'
  return found.refund.state === 'abnormal' ? found : 'not_astray'
}

/** Notes that the money of a refund is called back to our own account; a repeat leaves the first note. */
export async function noteRecall(
  permit: Permit<'refunds.approve'>,
  { refundId, requestId, ip }: { readonly refundId: string; readonly requestId: string; readonly ip: string | null },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const noted = await tx
      .update(refunds)
      .set({ recalledAt: now })
      .where(and(eq(refunds.id, refundId), isNull(refunds.recalledAt)))
      .returning({ id: refunds.id })
    if (noted.length === 0) return
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: permit.permission,
      about: { kind: 'request', id: requestId },
      after: { recalled: refundId },
      ip,
    })
  })
}
