import '../../../styles/search.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cachedCategories, cachedNewestProducts } from '#app/_cached/catalog.ts'
import { pageLocale } from '#app/page-locale.ts'
import { SearchForm } from '#components/search/search-form.tsx'
import { SearchResults } from '#components/search/search-results.tsx'
import { WaysOn } from '#components/search/ways-on.tsx'
import { searchProducts } from '#db/search/search-products.ts'
import { readSearchParams } from '#lib/catalog/search-params.ts'

/** Waits for the answer as a whole: what is streamed into a page later stays hidden in a browser without JavaScript. */
export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('search')
  return { title: t('title'), robots: { index: false, follow: true } }
}

export default async function SearchPage({ searchParams }: PageProps<'/[locale]/search'>) {
  const [locale, params] = await Promise.all([pageLocale(), searchParams])
  const { q, page } = readSearchParams(params)
  const answer = q.text === '' ? null : await searchProducts({ locale, query: q, page })
  return (
    <div className="frame">
      <SearchForm locale={locale} asked={q.text} />
      {answer ? <SearchResults answer={answer} asked={q.text} locale={locale} /> : null}
      {answer && answer.found > 0 ? null : (
        <WaysOn
          locale={locale}
          categories={await cachedCategories(locale)}
          newest={await cachedNewestProducts(locale, 3)}
        />
      )}
    </div>
  )
}
