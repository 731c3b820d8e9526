import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'

export type Received = {
  readonly method: string
  readonly path: string
  /** Path and query as they came. */
  readonly target: string
  /** The body as it came. */
  readonly text: string
  readonly query: URLSearchParams
  readonly body: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Query and body together. */
  readonly all: ReadonlyMap<string, string>
}
export type Answer = { status?: number; body: string | Uint8Array; headers?: Record<string, string>; hangUp?: boolean }

/** A gateway on loopback that answers by script and remembers what it was asked. */
export async function startGateway(answer: (received: Received, turn: number) => Answer | Promise<Answer>) {
  const received: Received[] = []
  const listener: RequestListener = async (request, response) => {
    const { method = '', url: target = '/', headers: sent } = request
    const { pathname: path, searchParams: query } = new URL(target, 'http://gateway')
    const content = await text(request)
    const body = new URLSearchParams(content)
    const all = new Map([...query, ...body])
    const call = { method, path, target, text: content, query, body, headers: sent, all }
    received.push(call)
    const { status = 200, body: answered, headers = {}, hangUp = false } = await answer(call, received.length)
    if (hangUp) {
      request.socket.destroy()
      return
    }
    response.writeHead(status, { 'content-type': 'text/html;charset=utf-8', ...headers }).end(answered)
  }
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const origin = `http://127.0.0.1:${address.port}`
  return {
    origin,
    url: `${origin}/gateway.do`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
