import { eq } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { settleAttempt } from '../payments/settle-attempt.ts'
import { startAttempt } from '../payments/start-attempt.ts'
import { placeSample } from './sample-order.ts'

export type PaidOrder = {
  readonly orderId: string
  readonly attemptId: string
  readonly outTradeNo: string
  readonly paid: Fen
}

/** Starts to pay an order; `pay` tells that the money came, any number of times. */
export async function startToPay(orderId: string, provider: ProviderName, scene: 'page' | 'qr' = 'page') {
  const [order] = await db.select({ expiresAt: orders.expiresAt }).from(orders).where(eq(orders.id, orderId))
  if (!order) throw new Error('no order')
  const started = await startAttempt({ orderId, provider, scene, expiresAt: order.expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  const { attemptId, outTradeNo, amount } = started.value
  const pay = (paidAt = new Date()) =>
    settleAttempt({
      provider,
      outTradeNo,
      source: 'notify',
      payment: {
        eventId: `paid:${outTradeNo}`,
        providerTradeNo: `trade-${outTradeNo}`,
        amount,
        currency: 'CNY',
        paidAt,
      },
    })
  return { attemptId, outTradeNo, amount, pay }
}

/** A sample order that was paid at this provider. */
export async function placePaid(
  quantities: Readonly<Record<string, number>>,
  provider: ProviderName = 'alipay',
  paidAt = new Date(),
): Promise<PaidOrder> {
  const { orderId } = await placeSample(quantities)
  const { attemptId, outTradeNo, amount, pay } = await startToPay(orderId, provider)
  const { outcome } = await pay(paidAt)
  if (outcome !== 'captured') throw new Error(`sample order is ${outcome}`)
  return { orderId, attemptId, outTradeNo, paid: amount }
}
