import 'server-only'
import { eq } from 'drizzle-orm'
import { isOpenAttempt } from '#lib/domain/attempt-state.ts'
import { nextQueryAt } from '#lib/domain/query-schedule.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { paymentAttempts } from './schema.ts'

/** Plans the next query of an attempt that is still open, and none for one that ended. */
export async function scheduleQuery(attemptId: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [attempt] = await tx.select().from(paymentAttempts).where(eq(paymentAttempts.id, attemptId)).for('update')
    if (!attempt) throw new Error(`attempt ${attemptId} does not exist`)
    const next = isOpenAttempt(attempt.state) ? nextQueryAt(attempt.startedAt, attempt.expiresAt, now) : null
    await tx.update(paymentAttempts).set({ nextQueryAt: next }).where(eq(paymentAttempts.id, attemptId))
    if (next) await enqueue(tx, { name: 'query-attempt', data: { attemptId }, startAfter: next })
  })
}
