import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

export type RawAnswer = { readonly status: number; readonly body: string }

/**
 * Posts bytes as they are and reads the answer, also one that comes before all was sent.
 * @param pieces sent one after the other, without a length when `headers` names none.
 * @param from the address to send from.
 */
export async function postRaw(
  url: string,
  pieces: Iterable<Uint8Array | string>,
  headers: Record<string, string>,
  { method = 'POST', from }: { readonly method?: string; readonly from?: string } = {},
): Promise<RawAnswer> {
  const sending = request(url, { method, headers, ...(from && { localAddress: from }) })
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>
  let broken: Error | null = null
  sending.on('error', (error) => {
    broken = error
  })
  for (const piece of pieces) {
    if (broken || sending.destroyed) break
    if (!sending.write(piece)) await Promise.race([once(sending, 'drain'), answered]).catch(() => undefined)
  }
  sending.end()
  const [answer] = await answered
  let body = ''
  for await (const chunk of answer) body += chunk
  sending.destroy()
  return { status: answer.statusCode ?? 0, body }
}
