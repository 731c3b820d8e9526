import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { type Incident, listIncidents } from '#db/payments/list-incidents.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officePaymentIncidentPath } from '#lib/office-paths.ts'
import type { InPaymentWords } from '../payment-words.ts'
import { PaymentsTabs } from '../payments-tabs.tsx'

export const instant = false

const MOST_SETTLED = 50

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('tabs.incidents') }
}

/** What providers reported that cannot be right, and refunds that do not go on by themselves. */
export default async function IncidentsPage() {
  const permit = await permitted('payments.read')
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('officePayments')])
  const [open, settled] = await Promise.all([
    listIncidents(permit, 'open'),
    listIncidents(permit, 'settled', MOST_SETTLED),
  ])
  const words = { t, locale }
  return (
    <OfficePage title={t('title')}>
      <PaymentsTabs current="incidents" {...words} />
      <Panel title={t('incidents.open')}>
        <IncidentTable incidents={open} caption={t('incidents.open')} {...words} />
      </Panel>
      <Panel title={t('incidents.settled')}>
        <IncidentTable incidents={settled} caption={t('incidents.settled')} {...words} />
      </Panel>
    </OfficePage>
  )
}

type TableProps = InPaymentWords & { incidents: readonly Incident[]; caption: string }

const IncidentTable = ({ incidents, caption, t, locale }: TableProps) =>
  incidents.length === 0 ? (
    <p>{t('incidents.none')}</p>
  ) : (
    <DataTable
      caption={caption}
      captionHidden
      columns={[
        { head: t('incidents.what'), cell: ({ kind }) => t(`incidents.kinds.${kind}`) },
        { head: t('order'), cell: ({ orderNumber }) => orderNumber },
        { head: t('provider'), cell: ({ provider }) => t(`providers.${provider}`), minor: true },
        { head: t('incidents.reported'), cell: ({ reported }) => formatPrice(reported, locale), end: true },
        { head: t('incidents.openedAt'), cell: ({ openedAt }) => formatTime(openedAt, locale), minor: true },
        { head: t('incidents.owner'), cell: ({ owner }) => owner ?? t('incidents.nobody') },
      ]}
      rows={incidents}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => officePaymentIncidentPath(locale, id)}
    />
  )
