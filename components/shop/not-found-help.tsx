import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import { categoryPath, searchPath } from '#lib/paths.ts'
import { IntentLink } from './intent-link.tsx'

/** Says that there is no such page, and every way on. */
export async function NotFoundHelp({
  locale,
  categories,
}: {
  locale: Locale
  categories: readonly { readonly slug: string; readonly name: string }[]
}) {
  const t = await getTranslations({ locale, namespace: 'errors' })
  return (
    <div className="frame help">
      <h1 className="title">{t('notFoundTitle')}</h1>
      <p>{t('notFoundText')}</p>
      <ul>
        {categories.map((category) => (
          <li key={category.slug}>
            <IntentLink className="link" href={categoryPath(locale, category.slug)}>
              {category.name}
            </IntentLink>
          </li>
        ))}
        <li>
          <IntentLink className="link" href={searchPath(locale)}>
            {t('search')}
          </IntentLink>
        </li>
      </ul>
    </div>
  )
}
