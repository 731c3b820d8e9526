import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, type Incoming, plain } from './messages.ts'

const BODY_LIMIT_BYTES = 1024 * 1024

/** Pages show what strangers sent: nothing but our own style sheet may load or run. Forms may lead back to the shop. */
const ALWAYS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** A page elsewhere may point its own name at 127.0.0.1, and would then read and change all that is here. */
const LOOPBACK_NAME = /^(127\.0\.0\.1|([a-z0-9-]+\.)*localhost|\[::1\])(:\d+)?$/

type Relayed = NonNullable<Answer['relayed']>
type Handle = (incoming: Incoming) => Answer | Promise<Answer>

/**
 * Serves on loopback only: the sandbox is never reachable from another machine.
 * @param publicHost the name by which a proxy on this machine hands requests on, besides the loopback names
 */
export async function serve(port: number, handle: Handle, publicHost = ''): Promise<Server> {
  const server = createServer((request, response) => {
    const { host = '' } = request.headers
    const known = LOOPBACK_NAME.test(host) || host === publicHost
    answerOne(request, response, known ? handle : () => plain(403, 'unknown host')).catch((error: unknown) => {
      // Half a request is a client that went away, not a fault of ours.
      if (!request.complete) return
      console.error('sandbox: a request failed', error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

async function answerOne(request: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> {
  const body = await readBody(request)
  const answer = await answerTo(request, body, handle)
  if (answer.afterMs) await wait(answer.afterMs)
  if (answer.broken === 'no-answer') return
  if (answer.broken === 'reset') return void request.socket.destroy()

  if (answer.relayed) return relay(response, answer, answer.relayed)
  const bytes = Buffer.from(answer.body)
  const length = answer.status === 204 ? {} : { 'content-length': bytes.length }
  response.writeHead(answer.status, { ...ALWAYS, ...answer.headers, ...length })
  if (answer.broken === 'half') {
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => request.socket.destroy())
    return
  }
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

async function relay(response: ServerResponse, { status, body }: Answer, relayed: Relayed): Promise<void> {
  response.writeHead(status, relayed.headers)
  if (!relayed.body) return void response.end(body)
  // Whichever of the two goes away first ends the other.
  await pipeline(relayed.body, response).catch(() => response.destroy())
}

function answerTo(request: IncomingMessage, body: Buffer | null, handle: Handle) {
  if (!body) return plain(413, 'too large')
  const target = request.url ?? '/'
  const mark = target.indexOf('?')
  return handle({
    method: request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'),
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: request.headers,
    body,
  })
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= BODY_LIMIT_BYTES) chunks.push(chunk)
  }
  return length <= BODY_LIMIT_BYTES ? Buffer.concat(chunks) : null
}
