import type { Answer, Incoming } from '../../sandbox/http/messages.ts'
import type { BuiltSandbox } from '../../sandbox/start-sandbox.ts'
import { answerSandbox } from '../../sandbox/switchboard/answer-sandbox.ts'

/** What `fetch` says to every server of its own accord. */
const SENT_BY_ITSELF = { accept: '*/*', 'accept-language': '*', 'user-agent': 'node' }

/** Asks the gateways as over HTTP: the same paths, headers and bytes, without a port. */
export async function askGateways(sandbox: BuiltSandbox, request: Request): Promise<Answer> {
  const url = new URL(request.url)
  const incoming: Incoming = {
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: { ...SENT_BY_ITSELF, ...Object.fromEntries(request.headers), host: url.host },
    body: Buffer.from(await request.arrayBuffer()),
  }
  return answerSandbox(sandbox, incoming)
}

/** Longer than the shop waits for any answer. */
const TOO_LATE_MS = 10_000

/** Lets every `fetch` of this process reach the gateways, with what their faults do to the line. */
export function connectFetch(sandbox: () => BuiltSandbox): void {
  globalThis.fetch = async (input, init) => {
    const answer = await askGateways(sandbox(), new Request(input, init))
    if (answer.broken === 'no-answer' || (answer.afterMs ?? 0) >= TOO_LATE_MS)
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    if (answer.broken === 'reset') throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') })
    const bytes = Buffer.from(answer.body)
    const whole = answer.status === 204 ? null : bytes
    const body = answer.broken === 'half' ? brokenOff(bytes) : whole
    return new Response(body, { status: answer.status, headers: { ...answer.headers } })
  }
}

function brokenOff(bytes: Buffer): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)))
      controller.error(new TypeError('terminated', { cause: new Error('other side closed') }))
    },
  })
}
