import { ViewTransition } from 'react'
import { AddToCart } from '#components/cart/add-to-cart.tsx'
import { IntentLink } from '#components/shop/intent-link.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import type { Fen } from '#lib/domain/money.ts'
import type { StockBand } from '#lib/domain/stock-band.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { productPath } from '#lib/paths.ts'
import { Photo } from './photo.tsx'
import { type CatalogTexts, StockNote } from './stock-note.tsx'

/** A piece in a list, as the reads of the catalogue hand it out. */
export type CardView = {
  readonly slug: string
  readonly name: string
  readonly sku: string
  readonly priceFromFen: Fen
  readonly priceToFen: Fen
  readonly stock: StockBand
  readonly image: string
  readonly imageAlt: string
  readonly glazes: readonly { readonly value: string; readonly name: string }[]
}

/** Two across on a phone, three on anything wider. */
const CARD_SIZES = '(min-width:48rem) 31vw,46vw'

/**
 * @param eager for the few cards that are in the first view.
 * @param heading one below the heading that the list stands under.
 */
export function ProductCard({
  piece,
  locale,
  t,
  eager = false,
  heading: Heading = 'h3',
}: {
  piece: CardView
  locale: Locale
  t: CatalogTexts
  eager?: boolean
  heading?: 'h2' | 'h3'
}) {
  const price = formatPrice(piece.priceFromFen, locale)
  return (
    <li className="piece">
      <IntentLink href={productPath(locale, piece.slug)}>
        <ViewTransition name={`photo-${piece.slug}`} share="morph" default="none">
          <Photo src={piece.image} alt={piece.imageAlt} sizes={CARD_SIZES} {...(eager && { priority: true })} />
        </ViewTransition>
        <Heading>{piece.name}</Heading>
      </IntentLink>
      <p className="price">{piece.priceFromFen === piece.priceToFen ? price : t('priceFrom', { price })}</p>
      <p>{piece.glazes.map((glaze) => glaze.name).join(t('listSeparator'))}</p>
      <StockNote stock={piece.stock} t={t} quietWhenInStock />
      <AddToCart
        sku={piece.sku}
        name={piece.name}
        locale={locale}
        label={t('add')}
        soldOut={piece.stock.kind === 'sold_out'}
      />
    </li>
  )
}
