import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { type Column, DataTable } from '#components/office/data-table.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { KeepFresh } from '#components/office/keep-fresh.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { listExports } from '#db/office/read-exports.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { EXPORT_KEPT_MS } from '#lib/domain/order-export.ts'
import { EVERY_ORDER } from '#lib/domain/order-list.ts'
import { formatSize } from '#lib/i18n/format-size.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { orderFilterQuery } from '#lib/office/order-filter.ts'
import { officeExportFilePath, officeOrdersPath, withQuery } from '#lib/office-paths.ts'

export const instant = false

type Asked = Awaited<ReturnType<typeof listExports>>[number]

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeOrders.exports'))('title') }
}

/** The files that one asked for: how far each is, and the way to fetch it. */
export default async function ExportsPage() {
  const permit = await permitted('orders.export')
  const [locale, t, orders, asked] = await Promise.all([
    pageLocale(),
    getTranslations('officeOrders.exports'),
    getTranslations('officeOrders'),
    listExports(permit),
  ])
  const columns: readonly Column<Asked>[] = [
    { head: t('columns.asked'), cell: ({ askedAt }) => formatShortTime(askedAt, locale) },
    { head: t('columns.list'), cell: (one) => <ListLink locale={locale} asked={one} every={t('everything')} /> },
    { head: t('columns.format'), cell: ({ format }) => t(`format.${format}`), minor: true },
    { head: t('columns.progress'), cell: (one) => <Progress asked={one} /> },
    { head: t('columns.file'), cell: (one) => <FileLink locale={locale} asked={one} /> },
  ]
  const underWay = asked.some(({ endedAt }) => endedAt === null)
  return (
    <OfficePage title={t('title')} trail={<a href={officeOrdersPath(locale)}>{orders('title')}</a>}>
      {underWay ? <KeepFresh says={t('follows')} /> : null}
      {asked.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      ) : (
        <DataTable caption={t('title')} captionHidden columns={columns} rows={asked} keyOf={({ id }) => id} />
      )}
    </OfficePage>
  )
}

/** What was asked for, as the list that it is; its words are as they stand in the address. */
function ListLink({ locale, asked, every }: { locale: Locale; asked: Asked; every: string }) {
  const path = officeOrdersPath(locale)
  const href = withQuery(path, orderFilterQuery({ ...EVERY_ORDER, ...asked.filter }))
  const words = [...new URLSearchParams(href.slice(path.length + 1)).values()].join(' · ')
  return (
    <a className="link" href={href}>
      {words || every}
    </a>
  )
}

async function Progress({ asked: { state, rows, expected } }: { asked: Asked }) {
  const t = await getTranslations('officeOrders.exports')
  const said = state === 'writing' && expected !== null ? t('progressOf', { rows, expected }) : t('progress', { rows })
  return (
    <>
      {t(`state.${state}`)}
      {state === 'writing' ? (
        <progress className="office-progress" max={1} value={expected ? Math.min(rows / expected, 1) : undefined}>
          {said}
        </progress>
      ) : null}
      {rows > 0 ? <small>{said}</small> : null}
    </>
  )
}

async function FileLink({ locale, asked: { id, state, bytes, askedAt } }: { locale: Locale; asked: Asked }) {
  if (state !== 'done') return null
  const t = await getTranslations('officeOrders.exports')
  return (
    <>
      <a className="link" href={officeExportFilePath(locale, id)} download>
        {t('take', { size: formatSize(bytes, locale) })}
      </a>
      <small>{t('until', { at: formatShortTime(new Date(askedAt.getTime() + EXPORT_KEPT_MS), locale) })}</small>
    </>
  )
}
