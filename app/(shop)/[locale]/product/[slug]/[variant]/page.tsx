import { cachedProduct } from '#app/_cached/catalog.ts'
import { DEFAULT_LOCALE } from '#lib/domain/locale.ts'
import { generateStaticParams as productParams } from '../page.tsx'
import { ProductPage, productMetadata } from '../product-page.tsx'

export const ensureStatic = 'navigation'

export const generateStaticParams = async () => {
  const slugs = await productParams()
  const pairs = await Promise.all(
    slugs.map(async ({ slug }) => {
      const piece = await cachedProduct(DEFAULT_LOCALE, slug)
      return piece ? piece.variants.map((variant) => ({ slug, variant: variant.slug })) : [{ slug, variant: '-' }]
    }),
  )
  return pairs.flat()
}

export async function generateMetadata({ params }: PageProps<'/[locale]/product/[slug]/[variant]'>) {
  const { slug, variant } = await params
  return productMetadata(slug, variant)
}

export default async function Page({ params }: PageProps<'/[locale]/product/[slug]/[variant]'>) {
  const { slug, variant } = await params
  return <ProductPage slug={slug} variantSlug={variant} />
}
