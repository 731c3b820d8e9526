import 'server-only'
import { and, eq, getTableColumns } from 'drizzle-orm'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { refunds } from './schema.ts'

/** The refund that a provider knows by this number. Null when it is none of ours. */
export async function findRefund(provider: ProviderName, refundNo: string) {
  const [refund] = await db
    .select(getTableColumns(refunds))
    .from(refunds)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .where(and(eq(refunds.refundNo, refundNo), eq(paymentAttempts.provider, provider)))
  return refund ?? null
}
