import '../../../../../styles/filter.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cachedCategories } from '#app/_cached/catalog.ts'
import { pageLocale } from '#app/page-locale.ts'
import { alternatesFor } from '#lib/i18n/alternates.ts'
import { categoryPath } from '#lib/paths.ts'
import { generateStaticParams as categoryParams } from '../page.tsx'
import { FilteredShelf } from './filtered-shelf.tsx'

export const generateStaticParams = categoryParams

/** Waits for its answer: what streams into a <Suspense> is never shown by a browser without JavaScript. */
export const instant = false

async function findCategory(params: PageProps<'/[locale]/category/[category]/filter'>['params']) {
  const [{ category: slug }, locale] = await Promise.all([params, pageLocale()])
  const category = (await cachedCategories(locale)).find((one) => one.slug === slug)
  if (!category) notFound()
  return { category, locale }
}

/** The many faces of a shelf are one page to a search engine: the shelf itself. */
export async function generateMetadata({
  params,
}: PageProps<'/[locale]/category/[category]/filter'>): Promise<Metadata> {
  const { category, locale } = await findCategory(params)
  const t = await getTranslations('catalog.filters')
  return {
    title: t('title', { name: category.name }),
    alternates: alternatesFor(locale, (other) => categoryPath(other, category.slug)),
    robots: { index: false, follow: true },
  }
}

export default async function FilterPage({ params, searchParams }: PageProps<'/[locale]/category/[category]/filter'>) {
  const { category, locale } = await findCategory(params)
  return (
    <div className="frame">
      <FilteredShelf category={category} locale={locale} searchParams={await searchParams} />
    </div>
  )
}
