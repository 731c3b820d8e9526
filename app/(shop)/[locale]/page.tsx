import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { OnlineStore, WithContext } from 'schema-dts'
import { cachedCategories, cachedNewestProducts } from '#app/_cached/catalog.ts'
import { pageLocale } from '#app/page-locale.ts'
import { JsonLd } from '#components/catalog/json-ld.tsx'
import { Photo } from '#components/catalog/photo.tsx'
import { ProductGrid } from '#components/catalog/product-grid.tsx'
import { ShelfLinks } from '#components/shop/shelf-links.tsx'
import { env } from '#lib/env.ts'
import { alternatesFor } from '#lib/i18n/alternates.ts'
import { feedPath, homePath } from '#lib/paths.ts'

const NEW_PIECES = 6

export async function generateMetadata(): Promise<Metadata> {
  const locale = await pageLocale()
  return {
    alternates: { ...alternatesFor(locale, homePath), types: { 'application/rss+xml': feedPath(locale) } },
  }
}

export default async function HomePage() {
  const locale = await pageLocale()
  const [t, newest, categories] = await Promise.all([
    getTranslations('home'),
    cachedNewestProducts(locale, NEW_PIECES),
    cachedCategories(locale),
  ])
  const store: WithContext<OnlineStore> = {
    '@context': 'https://schema.org',
    '@type': 'OnlineStore',
    name: 'Comptoir',
    url: env.PUBLIC_URL,
    description: t('title'),
  }
  return (
    <>
      <JsonLd data={store} />
      <section className="hero">
        <h1 className="title frame">{t('title')}</h1>
        <Photo src="hero-vases.webp" alt={t('scene.vases')} use="scene" priority />
      </section>
      <section className="frame home-new" aria-labelledby="new">
        <h2 className="subtitle" id="new">
          {t('new')}
        </h2>
        <ProductGrid pieces={newest} locale={locale} />
      </section>
      <section className="home-shelves" aria-labelledby="shelves">
        <Photo src="hero-tea.webp" alt={t('scene.tea')} use="scene" />
        <div>
          <h2 id="shelves">{t('shelvesIntro')}</h2>
          <ShelfLinks locale={locale} categories={categories} />
        </div>
      </section>
      <section className="frame home-house" aria-labelledby="house">
        <h2 className="subtitle" id="house">
          {t('house')}
        </h2>
        <p>{t('houseText')}</p>
        <Photo src="hero-table.webp" alt={t('scene.table')} use="scene" />
      </section>
    </>
  )
}
