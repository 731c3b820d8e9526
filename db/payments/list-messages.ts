import 'server-only'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

export type MessageFilter = {
  /** Any number: ours of order, attempt or refund, or the provider's. */
  readonly number?: string | undefined
  readonly provider?: ProviderName | undefined
  readonly verdict?: 'accepted' | 'refused' | undefined
  /** Older than this one. */
  readonly before?: string | undefined
}

export type ListedMessage = {
  readonly id: string
  readonly provider: ProviderName
  readonly source: 'notify' | 'return'
  readonly verdict: 'accepted' | 'refused'
  readonly reason: string | null
  readonly kind: string | null
  readonly outTradeNo: string | null
  readonly orderNumber: string | null
  readonly receivedAt: Date
}

type Row = Omit<ListedMessage, 'receivedAt' | 'outTradeNo' | 'orderNumber'> & {
  out_trade_no: string | null
  order_number: string | null
  received_at: string
}

/** The numbers of our attempts that a number leads to: its own, its order's, that of a refund of it, the provider's. */
const attemptsOf = (number: string) => sql`
  select out_trade_no from payment_attempts where out_trade_no = ${number}
  union select out_trade_no from payment_attempts
    where provider in ('alipay', 'wechatpay', 'unionpay') and provider_trade_no = ${number}
  union select out_trade_no from payment_attempts
    join payments on payments.id = payment_id join orders on orders.id = order_id where number = ${number}
  union select out_trade_no from payment_attempts join refunds on attempt_id = payment_attempts.id
    where refund_no = ${number}
  union select ${number}`

/** What came in the providers' names, the newest first. One row more than `limit` says whether older ones remain. */
export async function listMessages(
  _: Permit<'payments.read'>,
  { number, provider, verdict, before }: MessageFilter,
  limit = 50,
): Promise<{ readonly messages: readonly ListedMessage[]; readonly next: string | null }> {
  const rows = await sql<Row[]>`
    select payment_messages.id, payment_messages.provider, source, verdict, reason, kind,
      payment_messages.out_trade_no, orders.number as order_number, received_at
    from payment_messages
    left join payment_attempts on payment_attempts.out_trade_no = payment_messages.out_trade_no
    left join payments on payments.id = payment_id
    left join orders on orders.id = order_id
    where true
      ${number ? sql`and payment_messages.out_trade_no in (${attemptsOf(number)})` : sql``}
      ${provider ? sql`and payment_messages.provider = ${provider}` : sql``}
      ${verdict ? sql`and verdict = ${verdict}` : sql``}
      ${
        before
          ? sql`and (received_at, payment_messages.id) < (
              select received_at, id from payment_messages where id = ${before}::bigint)`
          : sql``
      }
    order by received_at desc, payment_messages.id desc limit ${limit + 1}`
  const messages = rows.slice(0, limit).map(({ out_trade_no, order_number, received_at, ...row }) => ({
    ...row,
    outTradeNo: out_trade_no,
    orderNumber: order_number,
    receivedAt: new Date(received_at),
  }))
  return { messages, next: rows.length > limit ? (messages.at(-1)?.id ?? null) : null }
}
