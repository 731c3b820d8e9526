import { z } from 'zod'
import { LOCALES } from '#lib/domain/locale.ts'
import { parseSearchQuery } from '#lib/domain/search-query.ts'

const MOST_PAGES = 1_000

const One = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()[0] ?? '')

const SearchParams = z.object({
  q: One.catch('').default('').transform(parseSearchQuery),
  page: One.transform(Number).pipe(z.int().min(1).max(MOST_PAGES)).catch(1),
})

/** What was asked, read from an address. Never refuses: nonsense asks for nothing, or for the first page. */
export const readSearchParams = (params: Readonly<Record<string, unknown>>) => SearchParams.parse(params)

const SuggestParams = z.object({ q: z.string().transform(parseSearchQuery), locale: z.enum(LOCALES) })

/** What the search field asks for while one types; null when it is not from our field. */
export const readSuggestParams = (params: URLSearchParams) =>
  SuggestParams.safeParse(Object.fromEntries(params)).data ?? null
