import 'server-only'
import { z } from 'zod'
import { db } from '#db/client.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { listOverdueOrders } from '#db/orders/list-overdue-orders.ts'
import { listUnsettledAttempts } from '#db/payments/list-unsettled-attempts.ts'
import { listUnsettledRefunds, listUnstartedDues } from '#db/refunds/list-unsettled-refunds.ts'
import { defineJob } from './job.ts'

/** A job that is this late is lost: its worker is dead, or it failed every time. */
const LOST_AFTER_MS = 120_000

export const sweepUnsettledJob = defineJob({
  name: 'sweep-unsettled',
  data: z.strictObject({}),
  cron: '* * * * *',
  run: async (_, { now }) => ({ restarted: await sweepUnsettled(now) }),
})

/** Starts again what should have been asked or ended long ago. @returns how many jobs. */
export async function sweepUnsettled(now: Date): Promise<number> {
  const before = new Date(now.getTime() - LOST_AFTER_MS)
  const [orderIds, attemptIds, refundIds, dueIds] = await Promise.all([
    listOverdueOrders(before),
    listUnsettledAttempts(before),
    listUnsettledRefunds(before),
    listUnstartedDues(before),
  ])
  const jobs = [
    ...orderIds.map((orderId) => ({ name: 'expire-order', data: { orderId } }) as const),
    ...attemptIds.map((attemptId) => ({ name: 'query-attempt', data: { attemptId } }) as const),
    ...refundIds.map((refundId) => ({ name: 'pursue-refund', data: { refundId } }) as const),
    ...dueIds.map((refundDueId) => ({ name: 'refund-due', data: { refundDueId } }) as const),
  ]
  if (jobs.length > 0) await enqueue(db, ...jobs)
  return jobs.length
}
