import { getTranslations } from 'next-intl/server'
import { IntentLink } from '#components/shop/intent-link.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { productPath } from '#lib/paths.ts'
import { Photo } from './photo.tsx'
import { type PieceVariant, type PieceView, variantName } from './piece-view.ts'
import { VariantNav } from './variant-nav.tsx'

/**
 * The variants as pictures, each a link to its own address, so that choosing works without JavaScript and can be
 * shared. With it the page stays where it is, and the way back leads to the list, not through every variant.
 */
export async function VariantChoice({
  piece,
  chosen,
  locale,
}: {
  piece: PieceView
  chosen: PieceVariant
  locale: Locale
}) {
  const t = await getTranslations({ locale, namespace: 'catalog' })
  if (piece.variants.length < 2) return null
  return (
    <VariantNav label={t('choose')}>
      <ul>
        {piece.variants.map((variant) => (
          <li key={variant.slug}>
            <IntentLink
              href={productPath(locale, piece.slug, variant.slug)}
              scroll={false}
              replace
              aria-current={variant === chosen ? 'true' : undefined}
            >
              <Photo src={variant.image} alt="" use="choice" />
              <span>{variantName(piece, variant, t('listSeparator'))}</span>
              {variant.stock.kind === 'sold_out' ? <small>{t('soldOut')}</small> : null}
            </IntentLink>
          </li>
        ))}
      </ul>
    </VariantNav>
  )
}
