import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'
import { IntentLink } from '#components/shop/intent-link.tsx'
import type { Locale } from '#lib/domain/locale.ts'

/** The way to the page before and after; nothing when there is only one. */
export async function Pager({
  page,
  pageCount,
  locale,
  hrefOf,
}: {
  page: number
  pageCount: number
  locale: Locale
  hrefOf: (page: number) => Route
}) {
  if (pageCount < 2) return null
  const t = await getTranslations({ locale, namespace: 'catalog' })
  return (
    <nav className="pager" aria-label={t('pages')}>
      {page > 1 ? (
        <IntentLink className="link" rel="prev" href={hrefOf(page - 1)}>
          {t('previous')}
        </IntentLink>
      ) : null}
      <p>{t('pageNumber', { page, pageCount })}</p>
      {page < pageCount ? (
        <IntentLink className="link" rel="next" href={hrefOf(page + 1)}>
          {t('next')}
        </IntentLink>
      ) : null}
    </nav>
  )
}
