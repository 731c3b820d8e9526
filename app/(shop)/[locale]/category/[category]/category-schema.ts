import type { BreadcrumbList, WithContext } from 'schema-dts'
import type { Locale } from '#lib/domain/locale.ts'
import { categoryPath, homePath } from '#lib/paths.ts'

/** Where a shelf stands in the shop, for search engines. */
export const categorySchema = (
  category: { readonly slug: string; readonly name: string },
  locale: Locale,
  shopUrl: string,
): WithContext<BreadcrumbList> => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: [
    { '@type': 'ListItem', position: 1, name: 'Comptoir', item: new URL(homePath(locale), shopUrl).href },
    {
      '@type': 'ListItem',
      position: 2,
      name: category.name,
      item: new URL(categoryPath(locale, category.slug), shopUrl).href,
    },
  ],
})
