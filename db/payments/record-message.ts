import 'server-only'
import type { PendingQuery, Row } from 'postgres'
import type { Notification, ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'
import type { MESSAGE_SOURCES } from './schema.ts'

type Received = {
  readonly provider: ProviderName
  readonly source: (typeof MESSAGE_SOURCES)[number]
  readonly headers: Headers
  readonly body: Uint8Array
  readonly receivedAt: Date
}
export type AcceptedMessage = Received & {
  readonly verdict: 'accepted'
  readonly kind: Notification['kind']
  readonly eventId: string
  readonly outTradeNo: string
  readonly nonce: string | null
}
export type ReceivedMessage = AcceptedMessage | (Received & { readonly verdict: 'refused'; readonly reason: string })

/** Of the headers, what helps to understand a message later; no cookies, no credentials. */
const KEPT = /^(content-|user-agent$|x-forwarded-for$|x-real-ip$|x-unlisted-source$|wechatpay-|request-id$|date$)/

/**
 * Keeps a message as it came, believed or not.
 * @returns false when a message with its nonce was accepted before, in whichever process; then nothing is written.
 */
export async function recordMessage(message: ReceivedMessage): Promise<boolean> {
  const written = await sql`${insertMessage(message, sql`true`)}`
  return written.length > 0
}

/** The same as a step of a statement, kept exactly when `condition` holds there. */
export function insertMessage(message: ReceivedMessage, condition: PendingQuery<Row[]>) {
  const headers = Object.fromEntries([...message.headers].filter(([name]) => KEPT.test(name)))
  const accepted = message.verdict === 'accepted' ? message : null
  const reason = message.verdict === 'refused' ? message.reason : null
  return sql`
    insert into payment_messages
      (provider, source, headers, body, verdict, reason, kind, event_id, out_trade_no, nonce, received_at)
    select
      ${message.provider}::text, ${message.source}::text, ${JSON.stringify(headers)}::text::jsonb,
      ${Buffer.from(message.body)}::bytea, ${message.verdict}::text, ${reason}::text, ${accepted?.kind ?? null}::text,
      ${accepted?.eventId ?? null}::text, ${accepted?.outTradeNo ?? null}::text, ${accepted?.nonce ?? null}::text,
      ${message.receivedAt.toISOString()}::timestamptz
    where ${condition}
    on conflict (provider, nonce) where nonce is not null do nothing
    returning id`
}
