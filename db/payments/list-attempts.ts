import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { paymentAttempts, payments } from './schema.ts'
import { readAction } from './stored-action.ts'

export type AttemptView = Awaited<ReturnType<typeof listAttempts>>[number]

/** The tries to pay an order, oldest first, with what the browser has to do for each. */
export async function listAttempts(orderId: string) {
  const rows = await db
    .select({
      provider: paymentAttempts.provider,
      scene: paymentAttempts.scene,
      state: paymentAttempts.state,
      action: paymentAttempts.action,
      amountFen: paymentAttempts.amountFen,
      providerTradeNo: paymentAttempts.providerTradeNo,
      paidAt: paymentAttempts.paidAt,
    })
    .from(paymentAttempts)
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(paymentAttempts.sequence))
  return rows.map((row) => ({ ...row, action: readAction(row.action) }))
}
