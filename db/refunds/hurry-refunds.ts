import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { OPEN_REFUND_STATES } from '#lib/domain/refund-state.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { refunds } from './schema.ts'

/** Has the refunds of an attempt that are under way asked about at once. */
export async function hurryRefunds(attemptId: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const hurried = await tx
      .update(refunds)
      .set({ nextCheckAt: now })
      .where(and(eq(refunds.attemptId, attemptId), inArray(refunds.state, OPEN_REFUND_STATES)))
      .returning({ refundId: refunds.id })
    const jobs = hurried.map((data) => ({ name: 'pursue-refund', data, startAfter: now }) as const)
    if (jobs.length > 0) await enqueue(tx, ...jobs)
  })
}
