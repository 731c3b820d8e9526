import 'server-only'
import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { db } from '../client.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { billDifferences } from './schema.ts'

/** Open differences that the provider can be asked about, and was not since `before`; the oldest first. */
export function listUnaskedDifferences(before: Date, limit = 200) {
  return db
    .select({
      id: billDifferences.id,
      provider: billDifferences.provider,
      proposal: billDifferences.proposal,
      subject: billDifferences.subject,
      attempt: {
        id: paymentAttempts.id,
        outTradeNo: paymentAttempts.outTradeNo,
        startedAt: paymentAttempts.startedAt,
      },
    })
    .from(billDifferences)
    .leftJoin(paymentAttempts, eq(paymentAttempts.id, billDifferences.attemptId))
    .where(
      and(
        eq(billDifferences.state, 'open'),
        inArray(billDifferences.proposal, ['query_payment', 'query_refund']),
        or(isNull(billDifferences.askedAt), lt(billDifferences.askedAt, before)),
      ),
    )
    .orderBy(asc(billDifferences.openedAt))
    .limit(limit)
}
export type UnaskedDifference = Awaited<ReturnType<typeof listUnaskedDifferences>>[number]
