import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { listBillDays } from '#db/reconciliation/list-bill-days.ts'
import { listOpenDifferences } from '#db/reconciliation/list-open-differences.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { addMonths, monthOf } from '#lib/domain/calendar-day.ts'
import { toShanghaiDay } from '#lib/domain/shanghai-time.ts'
import { formatCount, formatMonth } from '#lib/i18n/format-figure.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { officeBillDayPath, officeBillsPath, withQuery } from '#lib/office-paths.ts'
import { DifferenceTable } from '../difference-table.tsx'
import { PaymentsTabs } from '../payments-tabs.tsx'
import { DayState } from './day-state.tsx'

export const instant = false

const Query = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
})

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('tabs.bills') }
}

/** What the providers' bills and our book do not agree about, and the days of a month. */
export default async function BillsPage({ searchParams }: PageProps<'/[locale]/admin/payments/bills'>) {
  const permit = await permitted('payments.read')
  const [locale, t, search] = await Promise.all([pageLocale(), getTranslations('officePayments'), searchParams])
  const current = monthOf(toShanghaiDay(new Date()))
  const month = Query.parse(search).month ?? current
  const [differences, days] = await Promise.all([listOpenDifferences(permit), listBillDays(permit, month)])
  const path = officeBillsPath(locale)
  const earlier = monthOf(addMonths(`${month}-01`, -1))
  return (
    <OfficePage title={t('title')}>
      <PaymentsTabs current="bills" t={t} locale={locale} />
      <Panel title={t('differences.title')}>
        <DifferenceTable differences={differences} t={t} locale={locale} />
      </Panel>
      <Panel title={formatMonth(month, locale)}>
        {days.length === 0 ? <p>{t('bills.none')}</p> : null}
        <DataTable
          caption={t('bills.caption')}
          captionHidden
          columns={[
            {
              head: t('bills.day'),
              cell: ({ day, provider }) => (
                <a className="link" href={officeBillDayPath(locale, provider, day)}>
                  {day}
                </a>
              ),
            },
            { head: t('provider'), cell: ({ provider }) => t(`providers.${provider}`) },
            { head: t('bills.state'), cell: (day) => <DayState day={day} t={t} /> },
            { head: t('bills.paid'), cell: ({ paid }) => formatPrice(paid, locale), end: true, minor: true },
            {
              head: t('bills.refunded'),
              cell: ({ refunded }) => formatPrice(refunded, locale),
              end: true,
              minor: true,
            },
            { head: t('bills.fees'), cell: ({ fees }) => formatPrice(fees, locale), end: true, minor: true },
            { head: t('bills.open'), cell: ({ open }) => formatCount(open, locale), end: true },
          ]}
          rows={days}
          keyOf={({ provider, day }) => `${provider} ${day}`}
        />
        <Pager
          first={month === current ? null : withQuery(path, {})}
          next={withQuery(path, { month: earlier })}
          nextLabel={formatMonth(earlier, locale)}
        />
      </Panel>
    </OfficePage>
  )
}
