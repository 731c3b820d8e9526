import '../../../../styles/office/ship.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { listOpenRequests } from '#db/after-sales/list-open-requests.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeReturnPath } from '#lib/office-paths.ts'
import { Proposals } from './proposals.tsx'
import { TroubledRefunds } from './troubled-refunds.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeReturns'))('title') }
}

/** What shoppers ask for, refunds that wait for a second person, and money that did not arrive. */
export default async function ReturnsPage() {
  const permit = await permitted('orders.read')
  const [locale, t] = [await pageLocale(), await getTranslations('officeReturns')]
  const requests = (await listOpenRequests(permit)).filter(({ refundTried }) => !refundTried)
  return (
    <OfficePage title={t('title')}>
      <Proposals permit={permit} locale={locale} />
      <TroubledRefunds permit={permit} locale={locale} />
      <Panel title={t('requests')}>
        {requests.length === 0 ? (
          <EmptyState title={t('noRequests')} />
        ) : (
          <DataTable
            caption={t('requests')}
            captionHidden
            rows={requests}
            keyOf={({ id }) => id}
            hrefOf={({ id }) => officeReturnPath(locale, id)}
            columns={[
              { head: t('columns.order'), cell: ({ orderNumber }) => orderNumber },
              {
                head: t('columns.state'),
                cell: ({ state }) => (
                  <StatusMark tone={state === 'requested' ? 'bad' : 'open'}>{t(`state.${state}`)}</StatusMark>
                ),
              },
              { head: t('columns.wants'), cell: ({ kind }) => t(`kind.${kind}`) },
              { head: t('columns.reason'), cell: ({ reason }) => t(`reason.${reason}`), minor: true },
              { head: t('columns.who'), cell: ({ recipient }) => recipient ?? '', minor: true },
              { head: t('columns.since'), cell: ({ requestedAt }) => formatTime(requestedAt, locale), minor: true },
              { head: t('columns.worth'), cell: ({ amount }) => formatPrice(toFen(amount), locale), end: true },
            ]}
          />
        )}
      </Panel>
    </OfficePage>
  )
}
