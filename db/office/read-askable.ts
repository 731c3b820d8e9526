import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts, payments } from '../payments/schema.ts'

/** The attempts of an order that its providers can be asked about; notes in the log who asked. */
export async function readAskable(permit: Permit<'payments.read'>, orderId: string, ip: string) {
  const attempts = await db
    .select({
      id: paymentAttempts.id,
      provider: paymentAttempts.provider,
      outTradeNo: paymentAttempts.outTradeNo,
      startedAt: paymentAttempts.startedAt,
      number: orders.number,
    })
    .from(paymentAttempts)
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(paymentAttempts.sequence))
  const [first] = attempts
  if (first) {
    const about = { kind: 'order', id: first.number }
    const asked = attempts.map(({ outTradeNo }) => outTradeNo)
    await appendAuditEntry(db, { actor: staffActor(permit), action: 'orders.query', about, after: { asked }, ip })
  }
  return attempts
}
