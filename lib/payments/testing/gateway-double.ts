import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'

export type Received = {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Query and body together. */
  readonly all: ReadonlyMap<string, string>
}
type Answer = { status?: number; body: string | Uint8Array; headers?: Record<string, string>; hangUp?: boolean }

/** A gateway on loopback that answers by script and remembers what it was asked. */
export async function startGateway(answer: (received: Received, turn: number) => Answer | Promise<Answer>) {
  const received: Received[] = []
  const listener: RequestListener = async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://gateway')
    const body = new URLSearchParams(await text(request))
    const call = { path, query, body, headers: request.headers, all: new Map([...query, ...body]) }
    received.push(call)
    const { status = 200, body: content, headers = {}, hangUp = false } = await answer(call, received.length)
    if (hangUp) {
      request.socket.destroy()
      return
    }
    response.writeHead(status, { 'content-type': 'text/html;charset=utf-8', ...headers }).end(content)
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
