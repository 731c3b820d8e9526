import 'server-only'
import { and, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { orders } from './schema.ts'

/** True when the order is one of the account's own. */
export const isOrderOf = async (accountId: string, orderId: string): Promise<boolean> =>
  (await db.$count(orders, and(eq(orders.id, orderId), eq(orders.accountId, accountId)))) > 0
