import { getTranslations } from 'next-intl/server'
import type { CardView } from '#components/catalog/product-grid.tsx'
import { ProductGrid } from '#components/catalog/product-grid.tsx'
import { ShelfLinks } from '#components/shop/shelf-links.tsx'
import type { Locale } from '#lib/domain/locale.ts'

/** Where to go when a search leads nowhere, or has not begun. */
export async function WaysOn({
  locale,
  categories,
  newest,
}: {
  locale: Locale
  categories: readonly { readonly slug: string; readonly name: string }[]
  newest: readonly CardView[]
}) {
  const t = await getTranslations({ locale, namespace: 'search' })
  return (
    <div className="ways-on">
      <section aria-labelledby="ways-on-shelves">
        <h2 id="ways-on-shelves">{t('shelves')}</h2>
        <ShelfLinks locale={locale} categories={categories} />
      </section>
      <section aria-labelledby="ways-on-newest">
        <h2 id="ways-on-newest">{t('newest')}</h2>
        <ProductGrid pieces={newest} locale={locale} />
      </section>
    </div>
  )
}
