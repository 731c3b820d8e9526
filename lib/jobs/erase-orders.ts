import 'server-only'
import { z } from 'zod'
import { eraseOrders } from '#db/orders/erase-orders.ts'
import { defineJob } from './job.ts'

/** Each night for orders that were still under way, and at once when an account is deleted. */
export const eraseOrdersJob = defineJob({
  name: 'erase-orders',
  data: z.strictObject({}),
  cron: '40 3 * * *',
  run: async (_, { now }) => ({ erased: await eraseOrders(now) }),
})
