import 'server-only'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../client.ts'

/** What every committed change of an order is announced on; the message is the order's id. */
export const ORDER_CHANGED_CHANNEL = 'order_changed'

/** Tells pages that follow the order, once the transaction commits. */
export async function announceOrderChange(tx: Transaction, orderId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${ORDER_CHANGED_CHANNEL}, ${orderId})`)
}
