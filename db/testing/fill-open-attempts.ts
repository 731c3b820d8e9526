import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

export type OpenAttempt = { readonly outTradeNo: string; readonly amount: bigint; readonly startedAt: Date }

/** Writes orders that wait for money, each with one attempt of that number; for shipping alone, so they hold no stock. */
export async function fillOpenAttempts(provider: ProviderName, attempts: readonly OpenAttempt[]): Promise<void> {
  const rows = attempts.map(({ outTradeNo, amount, startedAt }) => ({
    number: outTradeNo,
    amount: amount.toString(),
    at: startedAt.toISOString(),
  }))
  await sql`
    with made as materialized (
      select number, amount, at, gen_random_uuid() as order_id, gen_random_uuid() as payment_id
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as row (number text, amount bigint, at timestamptz)
    ), ordered as (
      insert into orders (id, number, request_hash, input_hash, locale, email, phone, shipping_method,
        subtotal_fen, discount_fen, shipping_fen, total_fen, placed_at, expires_at)
      select order_id, number, sha256(number::bytea), sha256(number::bytea), 'zh', 'a@example.com', '13800138000',
        'standard', 0, 0, amount, amount, at, at + interval '30 minutes'
      from made
    ), owed as (
      insert into payments (id, order_id, amount_fen) select payment_id, order_id, amount from made
    )
    insert into payment_attempts (payment_id, sequence, provider, scene, out_trade_no, amount_fen, currency, state,
      started_at, expires_at)
    select payment_id, 1, ${provider}, 'page', number, amount, 'CNY', 'redirected', at, at + interval '30 minutes'
    from made`
}
