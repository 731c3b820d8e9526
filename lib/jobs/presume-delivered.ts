import 'server-only'
import { z } from 'zod'
import { confirmReceipt } from '#db/fulfilment/confirm-receipt.ts'
import { listCompletableOrders } from '#db/fulfilment/list-completable-orders.ts'
import { listPresumedParcels } from '#db/fulfilment/list-presumed-parcels.ts'
import { presumeParcel } from '#db/fulfilment/mark-delivered.ts'
import { defineJob } from './job.ts'

/** How long after its last parcel arrived an order that nobody complains about is complete. */
const COMPLETE_AFTER_MS = 7 * 86_400_000

export const presumeDeliveredJob = defineJob({
  name: 'presume-delivered',
  data: z.strictObject({}),
  cron: '20 * * * *',
  run: (_, { now }) => presumeDelivered(now),
})

/** Takes parcels as delivered that must have arrived long ago, and orders as complete that arrived a week ago. */
export async function presumeDelivered(now: Date): Promise<{ delivered: number; completed: number }> {
  const parcelIds = await listPresumedParcels(now)
  for (const parcelId of parcelIds) await presumeParcel(parcelId, now)
  const orderIds = await listCompletableOrders(new Date(now.getTime() - COMPLETE_AFTER_MS))
  for (const orderId of orderIds) await confirmReceipt(orderId, { actor: 'system', now })
  return { delivered: parcelIds.length, completed: orderIds.length }
}
