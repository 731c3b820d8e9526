import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { NextRequest } from 'next/server'
import { log } from '../log.ts'

/** The `POST` of a route handler, told the part of its address that varies. */
export type Door = (request: NextRequest, part: string) => Promise<Response>

export type ShortWay = {
  /** The whole path; its group is the part that varies. */
  readonly path: RegExp
  /** Loads the door; called with the first request. */
  readonly door: () => Promise<Door>
}

type Header = { readonly key: string; readonly value: string }

/** More than any of these doors reads: a longer body is handed over up to here, and refused by its door. */
const BODY_BYTES_AT_MOST = 64 * 1024
/** Doors read path and query of an address; who was asked is nobody's word to trust. */
const ANY_HOST = 'http://shop.invalid'

/**
 * Answers what is posted to some doors at the HTTP server itself, by the very handlers that Next would call: what Next
 * does around a handler costs more than all that a payment does. What does not match to the letter goes its usual way.
 * To be called before others patch the server, so that it sees a request after them.
 * @param headers what `next.config.ts` gives to their answers.
 * @returns what opens the ways: before, the server has not begun to answer.
 */
export function layShortWays(ways: readonly ShortWay[], headers: readonly Header[]): () => void {
  const emit: (event: string, ...args: unknown[]) => boolean = Server.prototype.emit
  let isOpen = false
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    if (!isOpen || event !== 'request') return emit.call(this, event, ...args)
    const [request, response] = args as [IncomingMessage, ServerResponse]
    const found = findWay(ways, request)
    if (!found) return emit.call(this, event, ...args)
    for (const { key, value } of headers) response.setHeader(key, value)
    void answer(found, request, response)
    return true
  }
  return () => {
    isOpen = true
  }
}

type Found = { readonly way: ShortWay; readonly part: string }

function findWay(ways: readonly ShortWay[], { method, url = '' }: IncomingMessage): Found | null {
  if (method !== 'POST') return null
  const path = url.split('?', 1)[0] ?? ''
  for (const way of ways) {
    const match = way.path.exec(path)
    if (match) return { way, part: match[1] ?? '' }
  }
  return null
}

async function answer({ way, part }: Found, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readBeginning(request)
    const door = await way.door()
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)])
    const asked = new NextRequest(new URL(request.url ?? '', ANY_HOST), { method: 'POST', headers, body })
    await send(await door(asked, part), response)
  } catch (err) {
    if (response.destroyed) return
    log.error({ err }, 'a door failed')
    if (!response.headersSent) response.writeHead(500)
    response.end()
  }
}

/** The body as far as a door may want it. Of one that is announced as longer nothing is read. */
async function readBeginning(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_AT_MOST) return Buffer.alloc(0)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk)
    length += chunk.length
    if (length > BODY_BYTES_AT_MOST) break
  }
  // What is left unread would stand before the next request of this connection.
  request.resume()
  return Buffer.concat(chunks)
}

async function send(answered: Response, response: ServerResponse): Promise<void> {
  for (const [name, value] of answered.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = answered.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  const body = answered.body ? Buffer.from(await answered.arrayBuffer()) : undefined
  response.writeHead(answered.status).end(body)
}
