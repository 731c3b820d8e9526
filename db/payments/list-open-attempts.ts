import 'server-only'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { OPEN_ATTEMPT_STATES } from '#lib/domain/attempt-state.ts'
import { db } from '../client.ts'
import { paymentAttempts, payments } from './schema.ts'

/** The attempts by which an order may still be paid, oldest first, with what it takes to ask about them. */
export const listOpenAttempts = (orderId: string) =>
  db
    .select({
      id: paymentAttempts.id,
      provider: paymentAttempts.provider,
      scene: paymentAttempts.scene,
      outTradeNo: paymentAttempts.outTradeNo,
      startedAt: paymentAttempts.startedAt,
      expiresAt: paymentAttempts.expiresAt,
    })
    .from(paymentAttempts)
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .where(and(eq(payments.orderId, orderId), inArray(paymentAttempts.state, OPEN_ATTEMPT_STATES)))
    .orderBy(asc(paymentAttempts.sequence))
