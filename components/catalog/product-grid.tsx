import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import { type CardView, ProductCard } from './product-card.tsx'

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
      {pieces.map((piece, index) => (
        <ProductCard key={piece.slug} piece={piece} locale={locale} t={t} eager={index < eager} heading={heading} />
      ))}
    </ul>
  )
}
