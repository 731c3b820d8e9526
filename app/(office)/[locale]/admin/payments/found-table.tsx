import { DataTable } from '#components/office/data-table.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { type FoundPayment, MOST_FOUND } from '#db/payments/list-found-payments.ts'
import { formatCount } from '#lib/i18n/format-figure.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeOrderPath } from '#lib/office-paths.ts'
import type { InPaymentWords } from './payment-words.ts'

/** Lost and found: money that no notification told us of, that we knew of late, or that nobody owed. */
export function FoundTable({ found, t, locale }: InPaymentWords & { found: readonly FoundPayment[] }) {
  return (
    <Panel title={t('found.title')}>
      <p className="figure-note">{t('found.note')}</p>
      {found.length === 0 ? (
        <p>{t('found.none')}</p>
      ) : (
        <>
          <DataTable
            caption={t('found.caption')}
            captionHidden
            columns={[
              { head: t('order'), cell: ({ orderNumber }) => orderNumber },
              { head: t('provider'), cell: ({ provider }) => t(`providers.${provider}`) },
              { head: t('paidAt'), cell: ({ occurredAt }) => formatTime(occurredAt, locale), minor: true },
              { head: t('amount'), cell: ({ amount }) => formatPrice(amount, locale), end: true },
              { head: t('found.how'), cell: (row) => t(`sources.${row.source as 'query'}`) },
              {
                head: t('found.delay'),
                cell: ({ delay }) => t('seconds', { count: formatCount(delay, locale) }),
                end: true,
              },
              { head: t('found.what'), cell: (row) => <What row={row} t={t} /> },
            ]}
            rows={found}
            keyOf={({ id }) => id}
            hrefOf={({ orderNumber }) => officeOrderPath(locale, orderNumber)}
          />
          {found.length === MOST_FOUND ? <p className="figure-note">{t('found.more', { count: MOST_FOUND })}</p> : null}
        </>
      )}
    </Panel>
  )
}

function What({ row, t }: { row: FoundPayment; t: InPaymentWords['t'] }) {
  if (row.outcome !== 'captured') return <StatusMark tone="open">{t(`outcomes.${row.outcome}`)}</StatusMark>
  return row.isLate ? (
    <StatusMark tone="bad">{t('outcomes.tooLate')}</StatusMark>
  ) : (
    <StatusMark tone="quiet">{t('outcomes.inTime')}</StatusMark>
  )
}
