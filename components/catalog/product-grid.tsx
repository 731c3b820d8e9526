import type { Locale } from '#lib/domain/locale.ts'
import { type CardView, ProductCard } from './product-card.tsx'

/** Pieces side by side. @param eager how many of the first are in the first view. */
export function ProductGrid({
  pieces,
  locale,
  eager = 0,
}: {
  pieces: readonly CardView[]
  locale: Locale
  eager?: number
}) {
  return (
    <ul className="pieces">
      {pieces.map((piece, index) => (
        <ProductCard key={piece.slug} piece={piece} locale={locale} eager={index < eager} />
      ))}
    </ul>
  )
}
