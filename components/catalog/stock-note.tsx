import type { useTranslations } from 'next-intl'
import type { StockBand } from '#lib/domain/stock-band.ts'

export type CatalogTexts = ReturnType<typeof useTranslations<'catalog'>>

/** What a shopper is told about stock. @param quietWhenInStock says nothing when there is enough, as lists do. */
export function StockNote({
  stock,
  t,
  quietWhenInStock = false,
}: {
  stock: StockBand
  t: CatalogTexts
  quietWhenInStock?: boolean
}) {
  if (stock.kind === 'in_stock') return quietWhenInStock ? null : <p>{t('inStock')}</p>
  if (stock.kind === 'sold_out') return <p>{t('soldOut')}</p>
  return <p className="note-low">{t('onlyLeft', { left: stock.left })}</p>
}
