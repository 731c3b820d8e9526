import { randomBytes } from 'node:crypto'
import type { TransactionSql } from 'postgres'
import { sql } from '#db/client.ts'
import type { NewOrder } from '#db/orders/write-order.ts'
import type { Capture } from '#db/payments/capture-attempt.ts'

/**
 * The yardstick: the same writes as `writeOrder` and `captureAttempt`, as most shops make them — a transaction of
 * awaited statements, each prepared. They keep the rules on stock and money, so that the comparison is fair.
 */
export const placePlainly = ({ input, totals, number, inputHash, placedAt, expiresAt }: NewOrder) =>
  sql.begin(async (tx) => {
    const at = placedAt.toISOString()
    const until = expiresAt.toISOString()
    for (const { variantId, quantity, priceSeen } of input.lines) {
      const [priced] = await tx`select price_fen from variants where id = ${variantId}`
      if (BigInt(priced?.['price_fen'] ?? 0) !== priceSeen) throw new Error('price changed')
      const held = await tx`
        update stock set held = held + ${quantity} where variant_id = ${variantId} and on_hand - held >= ${quantity}`
      if (held.count !== 1) throw new Error('sold out')
    }
    const [order] = await tx`
      insert into orders (number, request_hash, input_hash, locale, email, phone, shipping_method, subtotal_fen,
        discount_fen, shipping_fen, total_fen, placed_at, expires_at)
      values (${number}, ${randomBytes(32)}, ${inputHash}, ${input.locale}, ${input.contact.email},
        ${input.contact.phone}, ${input.shipping.method}, ${totals.subtotal.toString()}, 0,
        ${totals.shipping.toString()}, ${totals.total.toString()}, ${at}, ${until})
      returning id`
    const id: string = order?.['id']
    for (const [position, { variantId, quantity }] of input.lines.entries())
      await tx`
        insert into order_lines (order_id, position, variant_id, sku, product_slug, variant_slug, name, options, image,
          unit_price_fen, quantity)
        select ${id}, ${position}, variants.id, sku, products.slug, variants.slug, name, options, image, price_fen,
          ${quantity}
        from variants join products on products.id = product_id where variants.id = ${variantId}`
    const { address } = input
    await tx`
      insert into order_addresses (order_id, recipient, phone, country, region, city, district, street, street2, postcode)
      values (${id}, ${address.recipient}, ${address.phone}, ${address.country}, ${address.region}, ${address.city},
        ${address.district}, ${address.street}, ${address.street2}, ${address.postcode})`
    await tx`insert into order_links (secret_hash, order_id) values (${randomBytes(32)}, ${id})`
    await tx`insert into payments (order_id, amount_fen) values (${id}, ${totals.total.toString()})`
    await tx`
      insert into order_events (order_id, axis, event, to_state, actor, at)
      values (${id}, 'order', 'placed', 'pending_payment', 'shopper', ${at})`
    await addJob(tx, 'expire-order', until)
    await addJob(tx, 'send-order-mail', at)
    await addJob(tx, 'send-order-mail', until)
  })

export const settlePlainly = ({ provider, outTradeNo, payment, source }: Capture) =>
  sql.begin(async (tx) => {
    const paidAt = payment.paidAt.toISOString()
    const amount = payment.amount.toString()
    const [attempt] = await tx`select * from payment_attempts where out_trade_no = ${outTradeNo}`
    const [owed] = await tx`select * from payments where id = ${attempt?.['payment_id']} for update`
    const [order] = await tx`select * from orders where id = ${owed?.['order_id']} for update`
    if (order?.['state'] !== 'pending_payment' || owed?.['amount_fen'] !== amount) return
    const orderId: string = order['id']
    const [event] = await tx`
      insert into payment_events
        (provider, event_id, attempt_id, source, outcome, provider_trade_no, amount_fen, currency, occurred_at)
      values (${provider}, ${payment.eventId}, ${attempt?.['id']}, ${source}, 'captured', ${payment.providerTradeNo},
        ${amount}, 'CNY', ${paidAt})
      on conflict do nothing returning id`
    if (!event) return
    await tx`
      update payment_attempts
      set state = 'succeeded', provider_trade_no = ${payment.providerTradeNo}, paid_at = ${paidAt}, next_query_at = null
      where id = ${attempt?.['id']}`
    await tx`update payments set captured_fen = ${amount}, state = 'paid', paid_at = ${paidAt} where id = ${owed['id']}`
    await tx`update orders set state = 'confirmed' where id = ${orderId}`
    await tx`
      insert into order_events (order_id, axis, event, from_state, to_state, actor, reason, at)
      values (${orderId}, 'payment', 'captured', 'paying', 'paid', 'bench', ${source}, ${paidAt}),
        (${orderId}, 'order', 'payment_captured', 'pending_payment', 'confirmed', 'bench', ${source}, ${paidAt})`
    for (const { variant_id, quantity } of await tx`
      select variant_id, quantity from order_lines where order_id = ${orderId} order by variant_id`) {
      await tx`
        update stock set on_hand = on_hand - ${quantity}, held = held - ${quantity} where variant_id = ${variant_id}`
      await tx`
        insert into stock_movements (variant_id, quantity, reason, actor, order_id)
        values (${variant_id}, ${-quantity}, 'sold', 'bench', ${orderId})`
    }
    const [journal] = await tx`
      insert into journals (kind, order_id, payment_event_id) values ('capture', ${orderId}, ${event['id']})
      returning id`
    await tx`
      insert into ledger_entries (journal_id, account, provider, amount_fen, currency)
      values (${journal?.['id']}, 'clearing', ${provider}, ${amount}, 'CNY'),
        (${journal?.['id']}, 'sales', ${provider}, ${`-${amount}`}, 'CNY')`
    await addJob(tx, 'send-order-mail', paidAt)
  })

const addJob = (tx: TransactionSql, name: string, startAfter: string) =>
  tx`insert into pgboss.job (name, data, start_after) values (${name}, '{}', ${startAfter})`
