import { getTranslations } from 'next-intl/server'
import type { SuggestionAnswer } from '#components/search/suggestion-view.ts'
import { suggest } from '#db/search/suggest.ts'
import { readSuggestParams } from '#lib/catalog/search-params.ts'
import { categoryPath, productPath } from '#lib/paths.ts'

/** Long enough for a letter that was deleted and typed again, short enough for a name that was changed. */
const headers = { 'cache-control': 'public, max-age=60' }

/** What a half-typed query may become. `?q=teap&locale=en` */
export async function GET(request: Request): Promise<Response> {
  const asked = readSuggestParams(new URL(request.url).searchParams)
  if (!asked) return Response.json({ suggestions: [], announcement: '' } satisfies SuggestionAnswer, { status: 400 })

  const { q, locale } = asked
  const [t, found] = await Promise.all([getTranslations({ locale, namespace: 'search' }), suggest(q, locale)])
  const answer: SuggestionAnswer = {
    suggestions: found.map(({ kind, slug, name }) =>
      kind === 'category'
        ? { href: categoryPath(locale, slug), label: name, note: t('shelf') }
        : { href: productPath(locale, slug), label: name },
    ),
    announcement: t('suggestions', { count: found.length }),
  }
  return Response.json(answer, { headers })
}
