import { getTranslations } from 'next-intl/server'
import { ViewTransition } from 'react'
import { AddToCart } from '#components/cart/add-to-cart.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import type { ReviewSummary } from '#lib/domain/review.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTenths } from '#lib/i18n/format-tenths.ts'
import { categoryPath, homePath } from '#lib/paths.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { Photo } from './photo.tsx'
import { type PieceVariant, type PieceView, variantName } from './piece-view.ts'
import { ProductFacts } from './product-facts.tsx'
import { StarRow } from './star-row.tsx'
import { stockNote } from './stock-note.ts'
import { VariantChoice } from './variant-choice.tsx'

/** A piece in one of its variants: pictures, what it costs, what there is to choose, what it is. */
export async function ProductArticle({
  piece,
  variant,
  reviews = null,
  locale,
}: {
  piece: PieceView
  variant: PieceVariant
  reviews?: ReviewSummary | null
  locale: Locale
}) {
  const [t, shop, said] = await Promise.all([
    getTranslations({ locale, namespace: 'catalog' }),
    getTranslations({ locale, namespace: 'shop' }),
    getTranslations({ locale, namespace: 'reviews' }),
  ])
  return (
    <article className="product frame">
      <Breadcrumb
        label={t('breadcrumb')}
        steps={[
          { name: shop('name'), href: homePath(locale) },
          { name: piece.category.name, href: categoryPath(locale, piece.category.slug) },
        ]}
        here={piece.name}
      />
      <div className="gallery">
        <ViewTransition name={`photo-${piece.slug}`} share="morph" default="none">
          <Photo src={variant.image} alt={variant.imageAlt} use="piece" priority />
        </ViewTransition>
        <div className="detail">
          <Photo src={variant.image} alt={t('detailOf', { name: piece.name })} use="piece" />
        </div>
        {piece.views.map(({ image, alt }) => (
          <Photo key={image} src={image} alt={alt} use="piece" />
        ))}
      </div>
      <div className="offer">
        <h1 className="title">{piece.name}</h1>
        <p className="offer-variant">{variantName(piece, variant, t('listSeparator'))}</p>
        <p className="offer-price">{formatPrice(variant.priceFen, locale)}</p>
        {reviews ? (
          <p className="offer-reviews">
            <a href="#reviews">
              <StarRow tenths={reviews.tenths} label={said('mean', { mean: formatTenths(reviews.tenths, locale) })} />
              {said('count', { count: reviews.count })}
            </a>
          </p>
        ) : null}
        <VariantChoice piece={piece} chosen={variant} locale={locale} />
        <div className="offer-buy">
          <AddToCart
            sku={variant.sku}
            name={piece.name}
            locale={locale}
            label={t('add')}
            soldOut={variant.stock.kind === 'sold_out'}
            showCart
          />
          <p className={variant.stock.kind === 'low' ? 'note-low' : undefined}>{stockNote(variant.stock, t)}</p>
        </div>
        <p className="offer-text">{piece.description}</p>
        <ProductFacts variant={variant} locale={locale} />
      </div>
    </article>
  )
}
