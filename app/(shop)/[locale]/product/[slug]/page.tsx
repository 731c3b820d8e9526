import { listProductSlugs } from '#db/catalog/list-product-slugs.ts'
import { ProductPage, productMetadata } from './product-page.tsx'

/** An address that was not prerendered waits for its whole page, so that an unknown piece is a real 404. */
export const ensureStatic = 'navigation'

/** Built ahead; the rest of a large catalogue is made at its first visit and kept. */
const PRERENDERED = 100

export const generateStaticParams = async () => {
  const slugs = await listProductSlugs({ limit: PRERENDERED })
  // Next wants one at least; an empty shop prerenders a page that does not exist.
  return slugs.length > 0 ? slugs.map(({ slug }) => ({ slug })) : [{ slug: '-' }]
}

export const generateMetadata = async ({ params }: PageProps<'/[locale]/product/[slug]'>) =>
  productMetadata((await params).slug)

export default async function Page({ params }: PageProps<'/[locale]/product/[slug]'>) {
  return <ProductPage slug={(await params).slug} />
}
