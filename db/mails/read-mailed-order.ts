import 'server-only'
import { asc, eq, sql } from 'drizzle-orm'
import { accounts } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { orderAddresses, orderLines, orders } from '../orders/schema.ts'

/** What a mail about an order says; names and options in the order's language. Null for an order that is not there. */
export async function readMailedOrder(orderId: string) {
  const [found] = await db
    .select({ order: orders, address: orderAddresses, accountEmail: accounts.email })
    .from(orders)
    .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
    .leftJoin(accounts, eq(accounts.id, orders.accountId))
    .where(eq(orders.id, orderId))
  if (!found) return null
  const { locale } = found.order
  const lines = await db
    .select({
      position: orderLines.position,
      name: sql<string>`${orderLines.name} ->> ${locale}::text`,
      option: sql<string>`coalesce((
        select string_agg(o.name ->> ${locale}::text, ' · ' order by o.option)
        from option_values o where ${orderLines.options} ->> o.option = o.value), '')`,
      quantity: orderLines.quantity,
      unitPriceFen: orderLines.unitPriceFen,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position))
  return { ...found, lines }
}
