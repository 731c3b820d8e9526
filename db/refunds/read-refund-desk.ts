import 'server-only'
import { asc, eq } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { unitsToSend } from '#lib/domain/shipment.ts'
import { db } from '../client.ts'
import { orderLines, orders } from '../orders/schema.ts'
import { payments } from '../payments/schema.ts'
import { readRefundRest } from './preview-refund.ts'

export type RefundDesk = NonNullable<Awaited<ReturnType<typeof readRefundDesk>>>

/** An order with what of it can still go back. Null for no such order; `rest` is null when nothing was paid. */
export async function readRefundDesk(_permit: Permit<'refunds.request'>, number: OrderNumber) {
  const [found] = await db
    .select({ id: orders.id, number: orders.number, payment: payments })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.number, number))
  if (!found) return null
  const { id, payment } = found
  const [lines, left] = await Promise.all([
    db.select().from(orderLines).where(eq(orderLines.orderId, id)).orderBy(asc(orderLines.position)),
    readRefundRest(id),
  ])
  return {
    id,
    number,
    captured: payment.capturedFen,
    refunded: payment.refundedFen,
    refunding: payment.refundingFen,
    rest: left?.rest ?? null,
    lines: lines.map((line) => {
      const rest = left?.rest.lines.find(({ position }) => position === line.position)
      const goods = left?.goods.find(({ position }) => position === line.position)
      return {
        ...line,
        left: rest ? rest.quantity - rest.back : 0,
        unsent: goods ? Math.max(0, unitsToSend(goods)) : 0,
      }
    }),
  }
}
