import 'server-only'
import { inArray } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'

/** The ids of the orders with these numbers; those that are not there are left out. */
export const findOrdersByNumber = (numbers: readonly OrderNumber[]) =>
  db
    .select({ id: orders.id, number: orders.number })
    .from(orders)
    .where(inArray(orders.number, [...numbers]))
