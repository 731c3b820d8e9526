import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import type { Fen } from '#lib/domain/money.ts'
import type { StockBand } from '#lib/domain/stock-band.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { ProductCard } from './product-card.tsx'
import { stockNote } from './stock-note.ts'

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

/**
 * Pieces side by side.
 * @param eager how many of the first are in the first view.
 * @param heading of each piece: h2 where the list stands directly under the page's own title.
 */
export async function ProductGrid({
  pieces,
  locale,
  eager = 0,
  heading = 'h3',
}: {
  pieces: readonly CardView[]
  locale: Locale
  eager?: number
  heading?: 'h2' | 'h3'
}) {
  const t = await getTranslations({ locale, namespace: 'catalog' })
  return (
    <ul className="pieces">
      {pieces.map((piece, index) => {
        const price = formatPrice(piece.priceFromFen, locale)
        return (
          <ProductCard
            key={piece.slug}
            slug={piece.slug}
            name={piece.name}
            photo={piece.image}
            alt={piece.imageAlt}
            price={piece.priceFromFen === piece.priceToFen ? price : t('priceFrom', { price })}
            glazes={piece.glazes.map((glaze) => glaze.name).join(t('listSeparator'))}
            sku={piece.sku}
            locale={locale}
            add={t('add')}
            heading={heading}
            {...(piece.stock.kind !== 'in_stock' && { note: stockNote(piece.stock, t) })}
            {...(piece.stock.kind === 'low' && { low: true })}
            {...(piece.stock.kind === 'sold_out' && { soldOut: true })}
            {...(index < eager && { eager: true })}
          />
        )
      })}
    </ul>
  )
}
