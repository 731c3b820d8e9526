import 'server-only'
import { eq } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { payments } from '../payments/schema.ts'
import { orders } from './schema.ts'

export type LockedOrder = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

/** Payment and order, locked in this order: the order that everything keeps which writes them. Null when there is none. */
export async function lockOrder(tx: Transaction, orderId: string) {
  const [payment] = await tx.select().from(payments).where(eq(payments.orderId, orderId)).for('update')
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  return payment && order ? { payment, order } : null
}
