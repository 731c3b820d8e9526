import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { TextField } from '#components/office/field.tsx'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { Toolbar } from '#components/office/toolbar.tsx'
import { readSettlementMonth, type SettlementMonth } from '#db/reconciliation/read-settlement-month.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { sumFen } from '#lib/domain/money.ts'
import { formatCount, formatMonth } from '#lib/i18n/format-figure.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { officeMonthsFilePath, officeMonthsPath, withQuery } from '#lib/office-paths.ts'
import { PaymentsTabs } from '../payments-tabs.tsx'
import { readMonth } from './month-query.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('tabs.months') }
}

/** What each provider's bills of a month come to: what one compares with the bank's statement, on paper too. */
export default async function MonthsPage({ searchParams }: PageProps<'/[locale]/admin/payments/months'>) {
  await permitted('payments.read')
  const [locale, t, search] = await Promise.all([pageLocale(), getTranslations('officePayments'), searchParams])
  const month = readMonth(search, new Date())
  const rows = await readSettlementMonth(month)
  const unsettled = rows.some(({ unmatchedDays, openDifferences }) => unmatchedDays > 0 || openDifferences > 0)
  const price = (key: 'paid' | 'refunded' | 'fees' | 'net') => ({
    head: t(`months.${key}`),
    cell: (row: SettlementMonth) => formatPrice(row[key], locale),
    end: true,
  })
  const count = (key: 'days' | 'payments' | 'refunds' | 'unmatchedDays' | 'openDifferences') => ({
    head: t(`months.${key}`),
    cell: (row: SettlementMonth) => formatCount(row[key], locale),
    end: true,
    minor: true,
  })
  return (
    <OfficePage title={t('title')}>
      <PaymentsTabs current="months" t={t} locale={locale} />
      <Toolbar action={officeMonthsPath(locale)} label={t('months.choose')} go={t('show')}>
        <TextField id="month" name="month" label={t('months.month')} input={{ type: 'month', defaultValue: month }} />
      </Toolbar>
      <Panel
        title={formatMonth(month, locale)}
        aside={
          <a className="link" href={withQuery(officeMonthsFilePath(locale), { month })} download>
            CSV
          </a>
        }
      >
        <p className="figure-note">{t('months.note')}</p>
        {unsettled ? <Notice>{t('months.unsettled')}</Notice> : null}
        {rows.length === 0 ? <p>{t('bills.none')}</p> : null}
        <DataTable
          caption={t('tabs.months')}
          captionHidden
          columns={[
            { head: t('provider'), cell: ({ provider }) => t(`providers.${provider}`) },
            count('days'),
            count('payments'),
            price('paid'),
            count('refunds'),
            price('refunded'),
            price('fees'),
            price('net'),
            count('unmatchedDays'),
            count('openDifferences'),
          ]}
          rows={rows}
          keyOf={({ provider }) => provider}
        />
        <p className="month-total">
          {t('months.total', { amount: formatPrice(sumFen(rows.map(({ net }) => net)), locale) })}
        </p>
      </Panel>
    </OfficePage>
  )
}
