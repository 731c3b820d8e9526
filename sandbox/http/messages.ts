import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'

export interface Incoming {
  readonly method: string
  readonly path: string
  /** Undecoded, without the question mark. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | string
  /** Real milliseconds to wait before answering. */
  readonly afterMs?: number
  /** How the connection ends instead of with the whole answer. */
  readonly broken?: 'no-answer' | 'reset' | 'half'
  /** Another server's answer, handed on with its own headers alone; as it comes, unless its body is null and ours stands. */
  readonly relayed?: { readonly headers: OutgoingHttpHeaders; readonly body: Readable | null }
}

export const html = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
})

export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item), 2),
})

export const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: '' })

export const plain = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
})
