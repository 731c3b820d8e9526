import { tooManyFrom } from '#app/_doors/too-many.ts'
import { chooseMails } from '#db/mails/mail-choices.ts'
import { DEFAULT_LOCALE } from '#lib/domain/locale.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { openMailChoice } from '#lib/mail/mail-choice-link.ts'
import { mailChoicePath } from '#lib/paths.ts'

const NOT_KEPT = { 'cache-control': 'no-store' }

/**
 * Ends the mails of one kind to one reader, at one POST of the program that shows them: without a cookie, without a
 * page, without a question. The link alone says whose and which, so the body need not be read.
 * @see RFC 8058, section 3.2
 */
export async function POST(request: Request, { params }: RouteContext<'/api/unsubscribe/[token]'>): Promise<Response> {
  const choice = openMailChoice((await params).token)
  const held = await tooManyFrom('unsubscribe', clientIp(request.headers), { locale: choice?.locale ?? DEFAULT_LOCALE })
  if (held) return held
  if (!choice) return new Response(null, { status: 404, headers: NOT_KEPT })
  await chooseMails(choice.email, { [choice.topic]: false }, 'link', new Date())
  return new Response(null, { status: 200, headers: NOT_KEPT })
}

/** For people whose program opens the link instead: the page on which they choose. */
export async function GET(_: Request, { params }: RouteContext<'/api/unsubscribe/[token]'>): Promise<Response> {
  const { token } = await params
  const location = mailChoicePath(openMailChoice(token)?.locale ?? DEFAULT_LOCALE, token)
  return new Response(null, { status: 303, headers: { ...NOT_KEPT, location } })
}
