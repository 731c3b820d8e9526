import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { sessionCookieName } from '#lib/auth/session-cookies.ts'
import { DEFAULT_LOCALE, isLocale } from '#lib/domain/locale.ts'
import { ANSWER_COOKIE } from '#lib/doors/answer-cookie.ts'
import { isKnownPage } from '#lib/doors/is-known-page.ts'
import { isShut } from '#lib/doors/is-shut.ts'
import { secure } from '#lib/env.ts'
import { cashierOrigins, contentPolicy } from '#lib/http/content-policy.ts'
import { PLACE_HEADER } from '#lib/http/place-header.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { isHttps } from '#lib/http/security-headers.ts'
import { STATUS_HEADER } from '#lib/http/status-header.ts'
import { chooseLocale } from '#lib/i18n/choose-locale.ts'
import { homePath, signInPath } from '#lib/paths.ts'

/**
 * Only what needs it: the choice of a language, pages of one shopper, the office, shelves that are narrowed, and whatever
 * is asked as an action. Static pages would be halved by it.
 */
export const config = {
  matcher: [
    '/',
    '/:locale(en|fr|zh)/:room(checkout|order|pay|find-order|messages|account|admin|preview)/:rest*',
    '/:locale(en|fr|zh)/category/:category/filter',
    { source: '/:path*', has: [{ type: 'header', key: 'next-action' }] },
  ],
}

const PERSONAL = /^\/(?:en|fr|zh)\/(?:checkout|order|pay|find-order|messages|account|admin|preview)(?:\/|$)/

const formTargets = cashierOrigins(process.env)
const development = process.env.NODE_ENV === 'development'
const https = isHttps(process.env)

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname } = request.nextUrl
  if (isForged(request))
    return new NextResponse('Forbidden', { status: 403, headers: { 'content-type': 'text/plain' } })
  if (pathname === '/') return chooseLanguage(request)
  if (isSignedOutInOffice(request)) return NextResponse.redirect(signInUrl(request))
  const visitor = { cookies: request.cookies, now: new Date() }
  if (!(await isKnownPage(pathname, visitor))) return NextResponse.rewrite(new URL('/_not-found', request.url))
  if (!PERSONAL.test(pathname)) return NextResponse.next()
  const page = guardPage(request)
  if (request.method === 'GET' && (await isShut(pathname, visitor))) page.headers.set(STATUS_HEADER, '403')
  return page
}

/** Doors refuse forgeries by themselves; Next, where it refuses before them, answers 500 as if the fault were ours. */
const isForged = ({ method, headers }: NextRequest): boolean =>
  (method === 'POST' || headers.has('next-action')) && !isSameOrigin(headers)

/** Only spares a look at the page, which asks by itself whoever comes. */
const isSignedOutInOffice = ({ method, nextUrl, cookies }: NextRequest): boolean =>
  method === 'GET' && nextUrl.pathname.split('/')[2] === 'admin' && !cookies.has(sessionCookieName(secure))

function signInUrl({ nextUrl, url }: NextRequest): URL {
  const [, locale = ''] = nextUrl.pathname.split('/')
  return new URL(signInPath(isLocale(locale) ? locale : DEFAULT_LOCALE, nextUrl.pathname + nextUrl.search), url)
}

function chooseLanguage(request: NextRequest): NextResponse {
  const locale = chooseLocale(request.cookies.get('locale')?.value, request.headers.get('accept-language'))
  const response = NextResponse.redirect(new URL(homePath(locale), request.url))
  response.headers.set('vary', 'accept-language, cookie')
  response.headers.set('cache-control', 'private, no-store')
  return response
}

/** Next reads the nonce from the policy of the request, and writes it on each script of the page. */
function guardPage(request: NextRequest): NextResponse {
  const policy = contentPolicy(randomBytes(16).toString('base64'), { formTargets, development, https })
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set(PLACE_HEADER, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'private, no-store')
  // The address of an order opens it: no other site may be told.
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('x-content-type-options', 'nosniff')
  // This page shows the answer that was kept for it, the next one must not. By `response.cookies` Next would take it from
  // this one too.
  if (request.cookies.has(ANSWER_COOKIE) && request.method === 'GET' && !request.headers.has('rsc'))
    response.headers.append('set-cookie', `${ANSWER_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`)
  return response
}
