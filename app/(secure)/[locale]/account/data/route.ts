import { tooMany } from '#app/_doors/too-many.ts'
import { readOwnData } from '#db/accounts/read-own-data.ts'
import { currentAccount } from '#lib/auth/current-account.ts'
import { DEFAULT_LOCALE, isLocale } from '#lib/domain/locale.ts'
import { accountDataPath, signInPath } from '#lib/paths.ts'

const PERSONAL = { 'cache-control': 'private, no-store' }

/** Gives somebody all that is kept about them, as a file. Who is signed out is sent to sign in; ten times an hour. */
export async function GET(_: Request, { params }: RouteContext<'/[locale]/account/data'>): Promise<Response> {
  const { locale: asked } = await params
  const locale = isLocale(asked) ? asked : DEFAULT_LOCALE
  const account = await currentAccount()
  if (!account) {
    const location = signInPath(locale, accountDataPath(locale))
    return new Response(null, { status: 303, headers: { ...PERSONAL, location } })
  }
  const held = await tooMany('export', account.id, { locale })
  if (held) return held
  return new Response(JSON.stringify(await readOwnData(account.id), null, 2), {
    headers: {
      ...PERSONAL,
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="comptoir-data.json"',
    },
  })
}
