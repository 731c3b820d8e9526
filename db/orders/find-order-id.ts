import 'server-only'
import { eq } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import { db } from '../client.ts'
import { orders } from './schema.ts'

/** The id of the order with this number. Null when there is none. */
export async function findOrderId(number: OrderNumber): Promise<string | null> {
  const [order] = await db.select({ id: orders.id }).from(orders).where(eq(orders.number, number))
  return order?.id ?? null
}
