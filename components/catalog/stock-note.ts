import type { useTranslations } from 'next-intl'
import type { StockBand } from '#lib/domain/stock-band.ts'

type CatalogTexts = ReturnType<typeof useTranslations<'catalog'>>

/** What a shopper is told about stock, in words. */
export function stockNote(stock: StockBand, t: CatalogTexts): string {
  if (stock.kind === 'in_stock') return t('inStock')
  return stock.kind === 'sold_out' ? t('soldOut') : t('onlyLeft', { left: stock.left })
}
