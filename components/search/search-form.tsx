import { getTranslations } from 'next-intl/server'
import { Button } from '#components/ui/button.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { searchPath } from '#lib/paths.ts'
import { SearchField } from './search-field.tsx'

/** The head of the search page: its field holds what was asked, to be changed. */
export async function SearchForm({ locale, asked }: { locale: Locale; asked: string }) {
  const t = await getTranslations({ locale, namespace: 'search' })
  return (
    <search className="search-form">
      <h1 className="title">{t('title')}</h1>
      <form action={searchPath(locale)} method="get">
        <SearchField key={asked} locale={locale} label={t('field')} value={asked} />
        <Button>{t('submit')}</Button>
      </form>
    </search>
  )
}
