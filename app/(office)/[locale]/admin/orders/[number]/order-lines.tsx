import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/office/data-table.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { readOptionNames } from '#db/catalog/read-option-names.ts'
import type { OfficeOrder } from '#db/office/read-order.ts'
import { REFUNDING_STATES } from '#lib/domain/after-sale-state.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { timesFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { productPath } from '#lib/paths.ts'

/** The pieces of the order, as they were called and cost when it was placed. */
export async function OrderLines({ order, locale }: { order: OfficeOrder; locale: Locale }) {
  const [t, optionNames] = await Promise.all([getTranslations('officeOrder.lines'), readOptionNames(locale)])
  const backOf = (position: number) =>
    order.back
      .filter((line) => line.position === position && (REFUNDING_STATES as readonly string[]).includes(line.state))
      .reduce((units, { quantity }) => units + quantity, 0)
  return (
    <Panel title={t('title')}>
      <DataTable
        caption={t('title')}
        captionHidden
        rows={order.lines}
        keyOf={({ position }) => String(position)}
        columns={[
          {
            head: t('piece'),
            cell: ({ name, options, productSlug, variantSlug }) => (
              <>
                <a className="link" href={productPath(locale, productSlug, variantSlug)}>
                  {name[locale]}
                </a>
                <small>
                  {Object.entries(options)
                    .map(
                      ([option, value]) => optionNames.get(option)?.find((one) => one.value === value)?.name ?? value,
                    )
                    .join(' · ')}
                </small>
              </>
            ),
          },
          { head: t('sku'), cell: ({ sku }) => sku, minor: true },
          { head: t('price'), cell: ({ unitPriceFen }) => formatPrice(unitPriceFen, locale), end: true, minor: true },
          {
            head: t('quantity'),
            end: true,
            cell: ({ quantity, position }) => {
              const units = backOf(position)
              return (
                <>
                  {quantity}
                  {units > 0 ? <small>{t('back', { units })}</small> : null}
                </>
              )
            },
          },
          {
            head: t('sum'),
            end: true,
            cell: ({ unitPriceFen, quantity }) => formatPrice(timesFen(unitPriceFen, quantity), locale),
          },
        ]}
      />
    </Panel>
  )
}
