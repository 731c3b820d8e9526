import 'server-only'
import { z } from 'zod'
import { giveBackDue } from '#db/refunds/give-back-due.ts'
import { defineJob } from './job.ts'

/** Starts the refund of money that nobody owes. */
export const refundDueJob = defineJob({
  name: 'refund-due',
  data: z.object({ refundDueId: z.uuid() }),
  run: async ({ refundDueId }, { now }) => ({ refundDueId, started: await giveBackDue(refundDueId, now) }),
})
