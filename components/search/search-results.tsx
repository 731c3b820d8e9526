import { getTranslations } from 'next-intl/server'
import { Pager } from '#components/catalog/pager.tsx'
import type { CardView } from '#components/catalog/product-grid.tsx'
import { ProductGrid } from '#components/catalog/product-grid.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { searchPath } from '#lib/paths.ts'

export type AnswerView = {
  readonly products: readonly CardView[]
  readonly page: number
  readonly pageCount: number
  readonly found: number
  /** There are more than `found`. */
  readonly orMore: boolean
  readonly to: 'asked' | 'corrected' | 'some'
  readonly correction: string | null
}

/** What was found, and how it answers what was asked. */
export async function SearchResults({ answer, asked, locale }: { answer: AnswerView; asked: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'search' })
  const { products, page, pageCount, found, orMore, to, correction } = answer
  if (found === 0) {
    return (
      <div className="search-none">
        <h2 className="subtitle">{t('noneTitle', { query: asked })}</h2>
        <p>{t('noneHint')}</p>
      </div>
    )
  }
  const answered = to === 'corrected' && correction ? correction : asked
  const count = { count: found, query: answered }
  return (
    <>
      <div className="search-count">
        <h2 className="subtitle">{orMore ? t('foundOrMore', count) : t('found', count)}</h2>
        {to === 'corrected' && correction ? <p>{t('corrected', { query: asked, correction })}</p> : null}
        {to === 'some' ? <p>{t('some', { query: asked })}</p> : null}
        {to === 'asked' && correction ? (
          <p>
            {t.rich('didYouMean', {
              correction,
              link: (text) => (
                <a className="link" href={searchPath(locale, correction)}>
                  {text}
                </a>
              ),
            })}
          </p>
        ) : null}
      </div>
      <ProductGrid pieces={products} locale={locale} eager={2} />
      <Pager page={page} pageCount={pageCount} locale={locale} hrefOf={(other) => searchPath(locale, asked, other)} />
    </>
  )
}
