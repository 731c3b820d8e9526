import '../../globals.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { locale as rootLocale } from 'next/root-params'
import { getTranslations } from 'next-intl/server'
import { cachedCategories } from '#app/_cached/catalog.ts'
import { fontVariables } from '#app/fonts.ts'
import { SiteFooter } from '#components/shop/site-footer.tsx'
import { SiteHeader } from '#components/shop/site-header.tsx'
import { isLocale, LANGUAGE_TAG, LOCALES } from '#lib/domain/locale.ts'
import { env } from '#lib/env.ts'

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }))

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shop')
  return {
    metadataBase: new URL(env.PUBLIC_URL),
    title: { default: `${t('name')} — ${t('kind')}`, template: `%s — ${t('name')}` },
    description: t('tagline'),
    openGraph: { siteName: t('name'), images: [{ url: '/comptoir.jpg', width: 1200, height: 630, alt: t('name') }] },
  }
}

export default async function ShopLayout({ children }: { children: React.ReactNode }) {
  const locale = await rootLocale()
  if (!locale || !isLocale(locale)) notFound()
  const categories = await cachedCategories(locale)
  return (
    <html lang={LANGUAGE_TAG[locale]} className={fontVariables}>
      <body>
        <SiteHeader locale={locale} categories={categories} />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter locale={locale} />
      </body>
    </html>
  )
}
