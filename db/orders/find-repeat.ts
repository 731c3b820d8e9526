import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { orders } from './schema.ts'

const byRequest = db
  .select({ orderId: orders.id, number: orders.number, inputHash: orders.inputHash })
  .from(orders)
  .where(eq(orders.requestHash, sql.placeholder('requestHash')))
  .prepare('find_repeat')

/** The order that this request placed before, if any. */
export async function findRepeat(requestHash: Buffer) {
  const [order] = await byRequest.execute({ requestHash })
  return order ?? null
}
