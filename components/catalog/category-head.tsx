import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Locale } from '#lib/domain/locale.ts'

/** Name of a shelf, how much is on it, and what one can do with it. */
export async function CategoryHead({
  name,
  count,
  locale,
  children,
}: {
  name: string
  count: number
  locale: Locale
  children?: ReactNode
}) {
  const t = await getTranslations({ locale, namespace: 'catalog' })
  return (
    <div className="shelf-head">
      <h1 className="title">{name}</h1>
      <p>{t('pieces', { count })}</p>
      {children}
    </div>
  )
}
