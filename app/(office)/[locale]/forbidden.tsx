import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { EmptyState } from '#components/office/empty-state.tsx'
import { accountPath } from '#lib/paths.ts'

/** For who is signed in and may not do this: the log has a line about it. */
export default async function Forbidden() {
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('account')])
  return (
    <EmptyState title={t('forbidden.title')} heading="h1">
      <p>{t('forbidden.text')}</p>
      <a className="link" href={accountPath(locale)}>
        {t('forbidden.action')}
      </a>
    </EmptyState>
  )
}
