import { notFound } from 'next/navigation'
import { locale as rootLocale } from 'next/root-params'
import { getTranslations } from 'next-intl/server'
import { cachedNewestProducts } from '#app/_cached/catalog.ts'
import { ProductGrid } from '#components/catalog/product-grid.tsx'
import { isLocale } from '#lib/domain/locale.ts'

export default async function HomePage() {
  const locale = await rootLocale()
  if (!locale || !isLocale(locale)) notFound()
  const [t, newest] = await Promise.all([getTranslations('shop'), cachedNewestProducts(locale, 6)])
  return (
    <div className="frame">
      <h1 className="title">{t('tagline')}</h1>
      <ProductGrid pieces={newest} locale={locale} eager={2} />
    </div>
  )
}
