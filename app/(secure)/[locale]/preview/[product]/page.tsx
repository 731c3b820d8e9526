import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ProductArticle } from '#components/catalog/product-article.tsx'
import { previewProduct } from '#db/catalog/get-product.ts'
import { permitted } from '#lib/auth/current-staff.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('preview'), robots: { index: false } }
}

/** A piece as its page will look, for staff alone; nothing of it is cached. */
export default async function PreviewPage({ params, searchParams }: PageProps<'/[locale]/preview/[product]'>) {
  const permit = await permitted('catalogue.read')
  const [locale, { product }, query] = await Promise.all([pageLocale(), params, searchParams])
  const piece = /^\d{1,9}$/.test(product) ? await previewProduct(permit, locale, Number(product)) : null
  const variant = piece?.variants.find(({ slug }) => slug === query['variant']) ?? piece?.variants[0]
  if (!piece || !variant) notFound()
  return <ProductArticle piece={piece} variant={variant} locale={locale} />
}
