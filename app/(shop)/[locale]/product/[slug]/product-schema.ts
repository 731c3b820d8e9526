import type { BreadcrumbList, Graph, ItemAvailability, ProductGroup } from 'schema-dts'
import type { PieceVariant, PieceView } from '#components/catalog/piece-view.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { toYuan } from '#lib/domain/money.ts'
import { MOST_STARS, type PieceReviews } from '#lib/domain/review.ts'
import { categoryPath, homePath, productPath, sharedPhotoPath } from '#lib/paths.ts'

const AVAILABILITY = {
  in_stock: 'https://schema.org/InStock',
  low: 'https://schema.org/LimitedAvailability',
  sold_out: 'https://schema.org/SoldOut',
} as const satisfies Record<PieceVariant['stock']['kind'], ItemAvailability>

/**
 * A piece for search engines: the group, an offer for each variant, what the page shows of its reviews, and where it
 * stands in the shop.
 */
export function productSchema(piece: PieceView, reviews: PieceReviews, locale: Locale, shopUrl: string): Graph {
  const absolute = (path: string) => new URL(path, shopUrl).href
  const group: ProductGroup = {
    '@type': 'ProductGroup',
    '@id': absolute(productPath(locale, piece.slug)),
    productGroupID: piece.slug,
    name: piece.name,
    description: piece.description,
    url: absolute(productPath(locale, piece.slug)),
    category: piece.category.name,
    brand: { '@type': 'Brand', name: 'Comptoir' },
    variesBy: piece.options.map(({ option }) => (option === 'size' ? 'https://schema.org/size' : option)),
    hasVariant: piece.variants.map((variant) => ({
      '@type': 'Product',
      sku: variant.sku,
      name: piece.name,
      image: absolute(sharedPhotoPath(variant.image)),
      material: variant.material,
      additionalProperty: Object.entries(variant.options).map(([name, value]) => ({
        '@type': 'PropertyValue',
        name,
        value,
      })),
      offers: {
        '@type': 'Offer',
        url: absolute(productPath(locale, piece.slug, variant.slug)),
        price: toYuan(variant.priceFen),
        priceCurrency: 'CNY',
        availability: AVAILABILITY[variant.stock.kind],
        itemCondition: 'https://schema.org/NewCondition',
      },
    })),
    inLanguage: LANGUAGE_TAG[locale],
    ...reviewsSchema(reviews),
  } as ProductGroup
  const trail: BreadcrumbList = {
    '@type': 'BreadcrumbList',
    itemListElement: [
      { name: 'Comptoir', item: homePath(locale) },
      { name: piece.category.name, item: categoryPath(locale, piece.category.slug) },
      { name: piece.name, item: productPath(locale, piece.slug) },
    ].map(({ name, item }, index) => ({ '@type': 'ListItem', position: index + 1, name, item: absolute(item) })),
  }
  return { '@context': 'https://schema.org', '@graph': [group, trail] }
}

/** Nothing for a piece without reviews: a mean of none would be a lie. */
function reviewsSchema({ summary, shown }: PieceReviews): Pick<ProductGroup, 'aggregateRating' | 'review'> {
  if (!summary) return {}
  const scale = { bestRating: MOST_STARS, worstRating: 1 }
  return {
    aggregateRating: {
      '@type': 'AggregateRating',
      ratingValue: summary.tenths / 10,
      reviewCount: summary.count,
      ...scale,
    },
    review: shown.map(({ stars, title, words, author, writtenAt, locale }) => ({
      '@type': 'Review',
      reviewRating: { '@type': 'Rating', ratingValue: stars, ...scale },
      name: title,
      reviewBody: words,
      author: { '@type': 'Person', name: author },
      datePublished: writtenAt.toISOString().slice(0, 10),
      inLanguage: LANGUAGE_TAG[locale],
    })),
  }
}
