import { sql } from '#db/client.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { receiveNotification } from '#lib/checkout/receive-notification.ts'
import { startPayment } from '#lib/checkout/start-payment.ts'
import { createFakeGateway } from '#lib/checkout/testing/fake-gateway.ts'

export type Bought = { readonly order: string; readonly sku: string; readonly paidFen: string }

/**
 * Buys a piece in a restored shop and pays for it, at a gateway that exists in this process only: order, stock, payment,
 * event and journal are written as they are for a shopper. @throws when any of it does not happen.
 */
export async function buyOnePiece(now: Date): Promise<Bought> {
  const [piece] = await sql<{ sku: string }[]>`
    select sku from variants join products on products.id = product_id order by variants.id limit 1`
  if (!piece) throw new Error('The restored shop has no piece to buy')
  await adjustStock({ sku: piece.sku, delta: 1, reason: 'correction', actor: 'system' })
  const { orderId } = await placeSample({ [piece.sku]: 1 }, now)
  const gateway = createFakeGateway()
  const expiresAt = new Date(now.getTime() + 30 * 60_000)
  await startPayment(
    gateway.provider,
    { orderId, expiresAt, scene: { kind: 'page' }, subject: 'Drill', returnUrl: 'http://drill.invalid/' },
    now,
  )
  const [outTradeNo] = gateway.numbers()
  if (!outTradeNo || !gateway.pay(outTradeNo, now)) throw new Error('The payment could not be started')
  await receiveNotification(gateway.provider, gateway.message({ outTradeNo }), now)
  const [order] = await sql<{ number: string; state: string; booked: string | null }[]>`
    select number, orders.state, (select sum(amount_fen)::text from journals join ledger_entries on journal_id = journals.id
      where order_id = orders.id and amount_fen > 0) as booked
    from orders where id = ${orderId}`
  if (order?.state !== 'confirmed' || !order.booked) throw new Error(`The order is ${order?.state}, and should be paid`)
  return { order: order.number, sku: piece.sku, paidFen: order.booked }
}
