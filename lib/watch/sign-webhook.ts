import { createHmac } from 'node:crypto'

export type Webhook = { readonly id: string; readonly at: Date; readonly body: string }

/**
 * The headers that prove to the receiver that a message is ours, as standardwebhooks.com lays down.
 * @param secret `whsec_` and the key in base64.
 */
export function signWebhook({ id, at, body }: Webhook, secret: string): Readonly<Record<string, string>> {
  const timestamp = Math.floor(at.getTime() / 1_000).toString()
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
