import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { OfficePage } from '#components/office/office-page.tsx'
import { Tabs } from '#components/office/toolbar.tsx'
import { readAttemptFigures } from '#db/figures/read-attempt-figures.ts'
import { readFailures } from '#db/figures/read-failures.ts'
import { listFoundPayments } from '#db/payments/list-found-payments.ts'
import { readProviderChecks } from '#db/payments/provider-checks.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { officePaymentsPath, withQuery } from '#lib/office-paths.ts'
import { readAsked } from '../figures/asked-period.ts'
import { AttemptsTable, FailuresTable } from './attempt-tables.tsx'
import { FoundTable } from './found-table.tsx'
import { PaymentsTabs } from './payments-tabs.tsx'
import { ProviderHealth } from './provider-health.tsx'

export const instant = false

const PERIODS = ['today', 'last_7', 'last_28', 'last_12_months'] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('title') }
}

/** How the ways to pay are doing: what came of the attempts, what nearly went unseen, whether the gateways answer. */
export default async function PaymentsPage({ searchParams }: PageProps<'/[locale]/admin/payments'>) {
  const permit = await permitted('payments.read')
  const [locale, t, figures, search] = await Promise.all([
    pageLocale(),
    getTranslations('officePayments'),
    getTranslations('officeFigures'),
    searchParams,
  ])
  const { name, period } = readAsked(search, new Date())
  const [attempts, failures, found, checks] = await Promise.all([
    readAttemptFigures(permit, period),
    readFailures(permit, period),
    listFoundPayments(permit, period),
    readProviderChecks(permit),
  ])
  const words = { t, locale }
  return (
    <OfficePage title={t('title')}>
      <PaymentsTabs current="overview" {...words} />
      <ProviderHealth checks={checks} {...words} />
      <Tabs
        label={figures('period')}
        tabs={PERIODS.map((known) => ({
          name: figures(`periods.${known}`),
          href: withQuery(officePaymentsPath(locale), { period: known }),
          current: name === known,
        }))}
      />
      <AttemptsTable attempts={attempts} figures={figures} {...words} />
      <FailuresTable failures={failures} figures={figures} {...words} />
      <FoundTable found={found} {...words} />
    </OfficePage>
  )
}
