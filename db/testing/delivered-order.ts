import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { markDelivered } from '../fulfilment/mark-delivered.ts'
import { shipLines } from '../fulfilment/ship-lines.ts'
import { orders } from '../orders/schema.ts'
import { placePaid } from './paid-order.ts'
import { permitFor } from './permit-for.ts'

let parcels = 0

/** A paid order of an account that was sent in one parcel, which has arrived unless it is said otherwise. */
export async function sendOrderTo(
  accountId: string,
  quantities: Readonly<Record<string, number>>,
  { arrived = true }: { readonly arrived?: boolean } = {},
): Promise<{ readonly orderId: string; readonly parcelId: string }> {
  const { orderId } = await placePaid(quantities)
  await db.update(orders).set({ accountId }).where(eq(orders.id, orderId))
  const parcelId = randomUUID()
  const trackingNumber = `SF90000${String(++parcels).padStart(6, '0')}`
  const permit = permitFor('orders.ship')
  const shipped = await shipLines(permit, { parcelId, orderId, carrier: 'sf', lines: 'rest', trackingNumber, ip: null })
  if (!shipped.ok) throw new Error(shipped.error.code)
  const delivered = arrived ? await markDelivered(permit, { parcelId, ip: null }) : null
  if (delivered && !delivered.ok) throw new Error(delivered.error.code)
  return { orderId, parcelId }
}
