import type { Metadata } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cachedMovedProduct, cachedProduct, cachedProductReviews, cachedRelatedProducts } from '#app/_cached/catalog.ts'
import { pageLocale } from '#app/page-locale.ts'
import { JsonLd } from '#components/catalog/json-ld.tsx'
import { variantName } from '#components/catalog/piece-view.ts'
import { ProductArticle } from '#components/catalog/product-article.tsx'
import { ProductGrid } from '#components/catalog/product-grid.tsx'
import { ProductReviews } from '#components/catalog/product-reviews.tsx'
import { isSlug } from '#lib/domain/slug.ts'
import { env } from '#lib/env.ts'
import { alternatesFor } from '#lib/i18n/alternates.ts'
import { productPath, sharedPhotoPath } from '#lib/paths.ts'
import { productSchema } from './product-schema.ts'

const RELATED = 3

/** The piece and the variant that an address names; without a variant in it, the first that can be bought. */
async function findPiece(slug: string, variantSlug: string | undefined) {
  const locale = await pageLocale()
  const piece = isSlug(slug) ? await cachedProduct(locale, slug) : null
  if (!piece && isSlug(slug)) {
    const moved = await cachedMovedProduct(slug)
    if (moved) permanentRedirect(productPath(locale, moved, variantSlug))
  }
  const variant = variantSlug
    ? piece?.variants.find((one) => one.slug === variantSlug)
    : (piece?.variants.find((one) => one.stock.kind !== 'sold_out') ?? piece?.variants[0])
  if (!piece || !variant) notFound()
  return { locale, piece, variant }
}

export async function productMetadata(slug: string, variantSlug?: string): Promise<Metadata> {
  const { locale, piece, variant } = await findPiece(slug, variantSlug)
  const t = await getTranslations('catalog')
  const title = variantSlug
    ? t('pieceInVariant', { piece: piece.name, variant: variantName(piece, variant, t('listSeparator')) })
    : piece.name
  return {
    title,
    description: piece.description,
    alternates: alternatesFor(locale, (other) => productPath(other, piece.slug, variantSlug)),
    openGraph: {
      type: 'website',
      title,
      description: piece.description,
      images: [{ url: sharedPhotoPath(variant.image), width: 1200, height: 1200, alt: variant.imageAlt }],
    },
  }
}

export async function ProductPage({ slug, variantSlug }: { slug: string; variantSlug?: string }) {
  const { locale, piece, variant } = await findPiece(slug, variantSlug)
  const [t, related, reviews] = await Promise.all([
    getTranslations('catalog'),
    cachedRelatedProducts(locale, slug, RELATED),
    cachedProductReviews(locale, slug),
  ])
  return (
    <>
      <JsonLd data={productSchema(piece, reviews, locale, env.PUBLIC_URL)} />
      <ProductArticle piece={piece} variant={variant} reviews={reviews.summary} locale={locale} />
      <ProductReviews reviews={reviews} locale={locale} />
      {related.length > 0 ? (
        <section className="frame related" aria-labelledby="related">
          <h2 className="subtitle" id="related">
            {t('related')}
          </h2>
          <ProductGrid pieces={related} locale={locale} />
        </section>
      ) : null}
    </>
  )
}
