import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import type { StockBand } from '#lib/domain/stock-band.ts'

/** What a shopper is told about stock. @param quietWhenInStock says nothing when there is enough, as lists do. */
export async function StockNote({
  stock,
  locale,
  quietWhenInStock = false,
}: {
  stock: StockBand
  locale: Locale
  quietWhenInStock?: boolean
}) {
  const t = await getTranslations({ locale, namespace: 'catalog' })
  if (stock.kind === 'in_stock') return quietWhenInStock ? null : <p>{t('inStock')}</p>
  if (stock.kind === 'sold_out') return <p>{t('soldOut')}</p>
  return <p className="note-low">{t('onlyLeft', { left: stock.left })}</p>
}
