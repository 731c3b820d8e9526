import 'server-only'
import { eq, type SQL } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts, payments } from './schema.ts'

export type Book = Awaited<ReturnType<typeof lockBook>>

/**
 * Payment, order and attempt, locked in this order: the order that everything keeps which writes them.
 * @param thisAttempt names one attempt that exists; otherwise it throws.
 */
export async function lockBook(tx: Transaction, thisAttempt: SQL | undefined) {
  const paymentId = tx.select({ id: paymentAttempts.paymentId }).from(paymentAttempts).where(thisAttempt)
  const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
  if (!payment) throw new Error('an attempt that does not exist')
  const [order] = await tx.select().from(orders).where(eq(orders.id, payment.orderId)).for('update')
  const [attempt] = await tx.select().from(paymentAttempts).where(thisAttempt).for('update')
  if (!order || !attempt) throw new Error(`payment ${payment.id} has no order`)
  return { payment, order, attempt }
}
