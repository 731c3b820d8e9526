import { recordMessage } from '#db/payments/record-message.ts'
import { receiveNotification } from '#lib/checkout/receive-notification.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { readBody } from '#lib/http/read-body.ts'
import { log } from '#lib/log.ts'
import { judgeSource, readAllowedSources } from '#lib/payments/allowed-sources.ts'
import { type Acknowledgement, type PaymentProvider, PROVIDER_NAMES } from '#lib/payments/port.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { countNotification } from '#lib/telemetry/metrics.ts'

const BODY_BYTES_AT_MOST = 64 * 1024
const allowedSources = readAllowedSources(process.env)

/**
 * Where providers tell of payments. The answer is the provider's own word for “taken” only after the effect is
 * committed; 404 for a provider that is not set up, 413 and 415 for what can't be one of its messages. When anything
 * fails here, the answer is the one that has it sent again.
 */
export async function POST(request: Request, { params }: RouteContext<'/api/notify/[provider]'>): Promise<Response> {
  const { provider: asked } = await params
  const name = PROVIDER_NAMES.find((known) => known === asked)
  const provider = name && paymentProviders().get(name)
  if (!provider) return new Response(null, { status: 404 })
  const startedAt = performance.now()
  const response = await takeMessage(provider, request)
  countNotification(provider.name, verdictOf(response), (performance.now() - startedAt) / 1_000)
  return response
}

const verdictOf = ({ status }: Response) => (status < 300 ? 'accepted' : status < 500 ? 'refused' : 'retry')

async function takeMessage(provider: PaymentProvider, request: Request): Promise<Response> {
  const ip = clientIp(request.headers)
  const source = judgeSource(allowedSources, provider.name, ip)
  if (source !== 'listed')
    log.warn({ provider: provider.name, ip, source }, 'a message came from an address that is not listed')
  if (source === 'turned_away') return new Response(null, { status: 403 })
  try {
    const body = await readBody(request, BODY_BYTES_AT_MOST)
    const headers = withSource(request.headers, { ip, source })
    const refusal = whyUnreadable(provider, request.headers, body)
    if (body && !refusal) return answer(await receiveNotification(provider, { headers, body }))
    const { status, reason } = refusal ?? { status: 413, reason: `too_large: more than ${BODY_BYTES_AT_MOST} bytes` }
    await recordMessage({
      provider: provider.name,
      source: 'notify',
      headers,
      body: body ?? new Uint8Array(),
      verdict: 'refused',
      reason,
      receivedAt: new Date(),
    })
    return answer({ ...provider.acknowledge('refused'), status })
  } catch (err) {
    log.error({ err, provider: provider.name }, 'a notification could not be handled, it will come again')
    return answer(provider.acknowledge('retry'))
  }
}

/** What is kept of a message says where it really came from, and whether that is a listed address. */
function withSource(sent: Headers, { ip, source }: { ip: string; source: string }): Headers {
  const headers = new Headers(sent)
  headers.set('x-real-ip', ip)
  headers.delete('x-unlisted-source')
  if (source === 'unlisted') headers.set('x-unlisted-source', ip)
  return headers
}

function whyUnreadable(provider: PaymentProvider, headers: Headers, body: Uint8Array | null) {
  if (!body) return null
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'none'
  if (type !== provider.notificationType) return { status: 415, reason: `content_type: ${type}` }
  const encoding = headers.get('content-encoding') ?? 'identity'
  if (encoding !== 'identity') return { status: 415, reason: `content_encoding: ${encoding}` }
  return null
}

function answer({ status, contentType, body }: Acknowledgement): Response {
  const headers = { 'cache-control': 'no-store' }
  if (body === '') return new Response(null, { status, headers })
  return new Response(body, { status, headers: { ...headers, 'content-type': contentType } })
}
