import { notFound } from 'next/navigation'
import { locale as rootLocale } from 'next/root-params'
import { cachedCategories, cachedContact } from '#app/_cached/catalog.ts'
import { fontVariables } from '#app/fonts.ts'
import { SiteFooter } from '#components/shop/site-footer.tsx'
import { SiteHeader } from '#components/shop/site-header.tsx'
import { isLocale, LANGUAGE_TAG } from '#lib/domain/locale.ts'

/** The whole document around a page, the same for the static shop and for checkout and orders. */
export async function ShopDocument({ children }: { children: React.ReactNode }) {
  const locale = await rootLocale()
  if (!locale || !isLocale(locale)) notFound()
  const [categories, contact] = await Promise.all([cachedCategories(locale), cachedContact()])
  return (
    <html lang={LANGUAGE_TAG[locale]} className={fontVariables}>
      <body>
        <SiteHeader locale={locale} categories={categories} />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter locale={locale} contact={contact} />
      </body>
    </html>
  )
}
