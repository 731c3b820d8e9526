import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type SignOptions, signedHeaders } from './wechat-double.ts'

export type Received = {
  readonly method: string
  /** Path and query as they came. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
export type Answer = {
  readonly status?: number
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly hangUp?: boolean
  /** How to sign the body; false for an answer without a signature. */
  readonly signed?: SignOptions | false
}

/** A gateway on loopback that answers by script, signs what it answers, and remembers what it was asked. */
export async function startGateway(answer: (received: Received, turn: number) => Answer | Promise<Answer>) {
  const received: Received[] = []
  const listener: RequestListener = async (request, response) => {
    const { method = '', url = '', headers } = request
    const call = { method, target: url, headers, body: (await buffer(request)).toString() }
    received.push(call)
    const {
      status = 200,
      body = '',
      headers: extra = {},
      hangUp = false,
      signed = {},
    } = await answer(call, received.length)
    if (hangUp) {
      request.socket.destroy()
      return
    }
    const signature = signed === false ? {} : signedHeaders(body, signed)
    response.writeHead(status, { 'content-type': 'application/json', ...signature, ...extra }).end(body)
  }
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
