import type { NextRequest } from 'next/server'
import { readPayingCookie } from '#lib/checkout/order-cookie.ts'
import { type Returned, takeReturn } from '#lib/checkout/take-return.ts'
import { DEFAULT_LOCALE } from '#lib/domain/locale.ts'
import { secure } from '#lib/env.ts'
import { readBody } from '#lib/http/read-body.ts'
import { choicePath, homePath, outcomePath } from '#lib/paths.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

const BODY_BYTES_AT_MOST = 64 * 1024

/** Where a provider sends the buyer's browser back to: on to the order, which tells what is known of the money. */
export const GET = (request: NextRequest, context: RouteContext<'/api/return/[provider]'>) => comeBack(request, context)
/** The same for providers that return by a form. A browser sends it without our cookie. */
export const POST = (request: NextRequest, context: RouteContext<'/api/return/[provider]'>) =>
  comeBack(request, context)

async function comeBack(request: NextRequest, { params }: RouteContext<'/api/return/[provider]'>): Promise<Response> {
  const { provider: asked } = await params
  const name = PROVIDER_NAMES.find((known) => known === asked)
  const provider = name && paymentProviders().get(name)
  if (!provider) return new Response(null, { status: 404 })
  const body = await readBody(request, BODY_BYTES_AT_MOST)
  if (!body) return new Response(null, { status: 413 })
  const message = { search: new URL(request.url).search, body, headers: request.headers }
  const returned = await takeReturn(provider, message, readPayingCookie(request.cookies, secure))
  return new Response(null, { status: 303, headers: { location: pathAfter(returned), 'cache-control': 'no-store' } })
}

function pathAfter(returned: Returned): string {
  switch (returned.came) {
    case 'from_paying':
      return outcomePath(returned.by, returned.locale, returned.secret, 'returned=1')
    case 'without_word':
      return choicePath(returned.by, returned.locale, returned.secret)
    case 'from_nowhere':
      return homePath(DEFAULT_LOCALE)
  }
}
