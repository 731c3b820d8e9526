import 'server-only'
import type { Notification, ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'
import type { MESSAGE_SOURCES } from './schema.ts'

export type ReceivedMessage = {
  readonly provider: ProviderName
  readonly source: (typeof MESSAGE_SOURCES)[number]
  readonly headers: Headers
  readonly body: Uint8Array
  readonly receivedAt: Date
} & (
  | {
      readonly verdict: 'accepted'
      readonly kind: Notification['kind']
      readonly eventId: string
      readonly outTradeNo: string
      readonly nonce: string | null
    }
  | { readonly verdict: 'refused'; readonly reason: string }
)

/** Of the headers, what helps to understand a message later; no cookies, no credentials. */
const KEPT = /^(content-|user-agent$|x-forwarded-for$|x-real-ip$|wechatpay-|request-id$|date$)/

/**
 * Keeps a message as it came, believed or not.
 * @returns false when a message with its nonce was accepted before, in whichever process; then nothing is written.
 */
export async function recordMessage(message: ReceivedMessage): Promise<boolean> {
  const headers = Object.fromEntries([...message.headers].filter(([name]) => KEPT.test(name)))
  const accepted = message.verdict === 'accepted' ? message : null
  const reason = message.verdict === 'refused' ? message.reason : null
  const written = await sql`
    insert into payment_messages
      (provider, source, headers, body, verdict, reason, kind, event_id, out_trade_no, nonce, received_at)
    values (
      ${message.provider}, ${message.source}, ${JSON.stringify(headers)}::text::jsonb, ${Buffer.from(message.body)},
      ${message.verdict}, ${reason}, ${accepted?.kind ?? null}, ${accepted?.eventId ?? null},
      ${accepted?.outTradeNo ?? null}, ${accepted?.nonce ?? null}, ${message.receivedAt.toISOString()}::timestamptz
    )
    on conflict (provider, nonce) where nonce is not null do nothing`
  return written.count > 0
}
