import { notFound } from 'next/navigation'
import { CategoryPage, categoryMetadata } from '../../category-page.tsx'
import { generateStaticParams as categoryParams } from '../../page.tsx'

export const ensureStatic = 'navigation'

/** The second page of each shelf ahead of time, the others at their first visit. */
export const generateStaticParams = async () => (await categoryParams()).map((shelf) => ({ ...shelf, page: '2' }))

/** The first page has the plain address, so its number is no page; five digits are more than any shelf has. */
const PAGE_NUMBER = /^(?:[2-9]|[1-9]\d{1,4})$/

async function readParams(params: PageProps<'/[locale]/category/[category]/page/[page]'>['params']) {
  const { category, page } = await params
  if (!PAGE_NUMBER.test(page)) notFound()
  return { category, page: Number(page) }
}

export async function generateMetadata({ params }: PageProps<'/[locale]/category/[category]/page/[page]'>) {
  const { category, page } = await readParams(params)
  return categoryMetadata(category, page)
}

export default async function Page({ params }: PageProps<'/[locale]/category/[category]/page/[page]'>) {
  return <CategoryPage {...(await readParams(params))} />
}
