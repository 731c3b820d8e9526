import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

export type PaidOrders = {
  readonly provider: ProviderName
  readonly count: number
  /** Payments are spread evenly over this time. */
  readonly from: Date
  readonly to: Date
  /** Begins the numbers of orders and attempts, so that several fillings stand side by side: 4 letters. */
  readonly prefix: string
}

/**
 * Writes paid orders with attempt, event, journal and ledger straight into the tables, a million in a minute or two.
 * Attempt n has the number `<prefix>` + n in ten digits, the amount of `amountOf(n)` and the provider's number `T` + that.
 */
export async function fillPaidOrders({ provider, count, from, to, prefix }: PaidOrders): Promise<void> {
  const stepMs = (to.getTime() - from.getTime()) / count
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    await tx`
      create temporary table made on commit drop as
      select n, ${prefix} || lpad(n::text, 10, '0') as number, 100 + (n::bigint * 7919) % 90000 as amount,
        ${from.toISOString()}::timestamptz + n * ${stepMs}::float8 * interval '1 millisecond' as paid_at,
        gen_random_uuid() as order_id, gen_random_uuid() as payment_id, gen_random_uuid() as attempt_id,
        gen_random_uuid() as journal_id
      from generate_series(0, ${count - 1}::int) as n`
    await tx`
      insert into orders (id, number, request_hash, input_hash, locale, state, email, phone, shipping_method,
        subtotal_fen, discount_fen, shipping_fen, total_fen, placed_at, expires_at)
      select order_id, number, sha256(number::bytea), sha256(number::bytea), 'zh', 'confirmed', 'a@example.com',
        '13800138000', 'standard', amount, 0, 0, amount, paid_at - interval '5 minutes', paid_at + interval '25 minutes'
      from made`
    await tx`
      insert into payments (id, order_id, amount_fen, captured_fen, state, paid_at)
      select payment_id, order_id, amount, amount, 'paid', paid_at from made`
    await tx`
      insert into payment_attempts (id, payment_id, sequence, provider, scene, out_trade_no, amount_fen, currency, state,
        provider_trade_no, started_at, expires_at, paid_at)
      select attempt_id, payment_id, 1, ${provider}, 'page', number, amount, 'CNY', 'succeeded', 'T' || number,
        paid_at - interval '1 minute', paid_at + interval '25 minutes', paid_at
      from made`
    await tx`
      insert into payment_events (provider, event_id, attempt_id, source, outcome, provider_trade_no, amount_fen,
        currency, occurred_at)
      select ${provider}, 'paid:' || number, attempt_id, 'notify', 'captured', 'T' || number, amount, 'CNY', paid_at
      from made order by n`
    await tx`
      insert into journals (id, kind, order_id, payment_event_id)
      select journal_id, 'capture', order_id, payment_events.id
      from made join payment_events using (attempt_id)`
    await tx`
      insert into ledger_entries (journal_id, account, provider, amount_fen, currency)
      select journal_id, account, ${provider}, sign * amount, 'CNY'
      from made, (values ('clearing', 1), ('sales', -1)) as side (account, sign)`
  })
}

/** The amount in fen of the n-th order. */
export const amountOf = (n: number): bigint => 100n + ((BigInt(n) * 7919n) % 90_000n)
export const numberOf = (prefix: string, n: number): string => `${prefix}${String(n).padStart(10, '0')}`
