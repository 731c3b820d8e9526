import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { EmptyState } from '#components/office/empty-state.tsx'
import { officePath } from '#lib/office-paths.ts'

export default async function NotFound() {
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('office')])
  return (
    <EmptyState title={t('nothingHere')} heading="h1">
      <a className="link" href={officePath(locale)}>
        {t('toOffice')}
      </a>
    </EmptyState>
  )
}
