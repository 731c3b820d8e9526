import { cachedCategories } from '#app/_cached/catalog.ts'
import { DEFAULT_LOCALE } from '#lib/domain/locale.ts'
import { CategoryPage, categoryMetadata } from './category-page.tsx'

/** An address that was not prerendered waits for its whole page, so that an unknown shelf is a real 404. */
export const ensureStatic = 'navigation'

export const generateStaticParams = async () => {
  const shelves = await cachedCategories(DEFAULT_LOCALE)
  return shelves.length > 0 ? shelves.map(({ slug }) => ({ category: slug })) : [{ category: '-' }]
}

export const generateMetadata = async ({ params }: PageProps<'/[locale]/category/[category]'>) =>
  categoryMetadata((await params).category)

export default async function Page({ params }: PageProps<'/[locale]/category/[category]'>) {
  return <CategoryPage category={(await params).category} />
}
