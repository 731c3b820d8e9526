import 'server-only'
import { z } from 'zod'
import { paymentProviders } from '../payments/registry.ts'
import { pursueRefund } from '../refunds/pursue-refund.ts'
import { defineJob } from './job.ts'

/** Sends a refund, or asks what became of it; each run that leaves it open plans the next. */
export const pursueRefundJob = defineJob({
  name: 'pursue-refund',
  data: z.object({ refundId: z.uuid() }),
  run: ({ refundId }, { now }) => pursueRefund(paymentProviders(), refundId, now),
})
