import { type NextRequest, NextResponse } from 'next/server'
import { chooseLocale } from '#lib/i18n/choose-locale.ts'
import { homePath } from '#lib/paths.ts'

/** Only the bare address needs a choice; a matcher that met the static pages would halve them. */
export const config = { matcher: '/' }

export function proxy(request: NextRequest): NextResponse {
  const locale = chooseLocale(request.cookies.get('locale')?.value, request.headers.get('accept-language'))
  const response = NextResponse.redirect(new URL(homePath(locale), request.url))
  response.headers.set('vary', 'accept-language, cookie')
  response.headers.set('cache-control', 'private, no-store')
  return response
}
