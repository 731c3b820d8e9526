import 'server-only'
import { asc, eq } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { unitsToSend } from '#lib/domain/shipment.ts'
import { db } from '../client.ts'
import { orderAddresses, orderLines, orders } from '../orders/schema.ts'
import { payments } from '../payments/schema.ts'
import { listParcelsOf } from './list-parcels-of.ts'
import { readGoods } from './read-goods.ts'

export type Packing = NonNullable<Awaited<ReturnType<typeof readPacking>>>

/** What whoever packs an order has to see: where it goes, what is left to send, what was sent. Null for no such order. */
export async function readPacking(_permit: Permit<'orders.ship'>, number: OrderNumber) {
  const [found] = await db
    .select({ order: orders, address: orderAddresses, paymentState: payments.state })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
    .where(eq(orders.number, number))
  if (!found) return null
  const { id } = found.order
  const [lines, { lines: goods }, parcels] = await Promise.all([
    db.select().from(orderLines).where(eq(orderLines.orderId, id)).orderBy(asc(orderLines.position)),
    readGoods(db, id),
    listParcelsOf(id),
  ])
  return {
    id,
    number: found.order.number,
    state: found.order.state,
    paymentState: found.paymentState,
    fulfilment: found.order.fulfilment,
    placedAt: found.order.placedAt,
    shippingMethod: found.order.shippingMethod,
    locale: found.order.locale,
    address: found.address,
    parcels,
    lines: lines.map((line) => {
      const where = goods.find(({ position }) => position === line.position)
      const left = where ? Math.max(0, unitsToSend(where)) : 0
      const askedBack = Math.min(left, where?.askedBack ?? 0)
      return { ...line, sent: where?.sent ?? 0, forgone: where?.forgone ?? 0, askedBack, toPack: left - askedBack }
    }),
  }
}
