import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { CheckField } from '#components/office/field.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { SearchField, Toolbar } from '#components/office/toolbar.tsx'
import { readShopRules } from '#db/settings/read-shop-rules.ts'
import { listStock } from '#db/stock/desk/list-stock.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { officeDeliveryPath, officeStockLinePath, officeStockPath, withQuery } from '#lib/office-paths.ts'

export const instant = false

const Query = z.object({
  q: z.string().max(100).catch(''),
  low: z.literal('on').nullable().catch(null),
  after: z.coerce.number().int().positive().nullable().catch(null),
})

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('stock.title') }
}

/** What is there of every variant, and what runs low. */
export default async function StockPage({ searchParams }: PageProps<'/[locale]/admin/stock'>) {
  const permit = await permitted('catalogue.read')
  const [locale, query, t, rules] = await Promise.all([
    pageLocale(),
    searchParams,
    getTranslations('officeCatalogue'),
    readShopRules(),
  ])
  const { q, low, after } = Query.parse(query)
  const asked = { locale, words: q, low: low !== null, lowUnits: rules.low_stock_units, afterId: after }
  const { lines, nextAfterId } = await listStock(permit, asked)
  const path = officeStockPath(locale)
  const same = { q, low: low ?? '' }
  return (
    <OfficePage
      title={t('stock.title')}
      acts={
        <a className="button" href={officeDeliveryPath(locale)}>
          {t('stock.receive')}
        </a>
      }
    >
      <Toolbar action={path} label={t('filters.label')} go={t('filters.go')} busy={t('filters.busy')}>
        <SearchField label={t('filters.q')} words={q} />
        <CheckField id="filter-low" name="low" label={t('filters.low')} input={{ defaultChecked: low !== null }} />
      </Toolbar>
      {lines.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      ) : (
        <DataTable
          caption={t('stock.title')}
          captionHidden
          rows={lines}
          keyOf={({ id }) => String(id)}
          hrefOf={({ sku }) => officeStockLinePath(locale, sku)}
          columns={[
            { head: 'SKU', cell: ({ sku }) => sku },
            { head: t('name'), cell: ({ product }) => product },
            { head: t('stock.onHand'), cell: ({ onHand }) => onHand, end: true },
            { head: t('stock.held'), cell: ({ held }) => held, end: true, minor: true },
            { head: t('available'), cell: ({ available }) => available, end: true },
            {
              head: t('stateLabel'),
              cell: ({ low: isLow, offered }) =>
                isLow && offered ? <StatusMark tone="bad">{t('stock.low')}</StatusMark> : null,
            },
          ]}
        />
      )}
      <Pager
        first={after === null ? null : withQuery(path, same)}
        next={nextAfterId === null ? null : withQuery(path, { ...same, after: String(nextAfterId) })}
      />
    </OfficePage>
  )
}
