import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { Facts } from '#components/office/facts.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { listDifferences } from '#db/reconciliation/list-differences.ts'
import { readBillDay } from '#db/reconciliation/read-bill-day.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { formatCount, formatDay } from '#lib/i18n/format-figure.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeBillFilePath, officeBillsPath } from '#lib/office-paths.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { rerunBillDayAction } from '../../../actions.ts'
import { DifferenceTable } from '../../../difference-table.tsx'
import { DayState } from '../../day-state.tsx'

export const instant = false

const Params = z.object({ provider: z.enum(PROVIDER_NAMES), day: z.iso.date() })

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('tabs.bills') }
}

/** One day of one provider: its bill, what it came to, what differs. */
export default async function BillDayPage({ params }: PageProps<'/[locale]/admin/payments/bills/[provider]/[day]'>) {
  const permit = await permitted('payments.read')
  const [locale, t, asked] = await Promise.all([pageLocale(), getTranslations('officePayments'), params])
  const ofDay = Params.safeParse({ provider: asked.provider, day: asked.day })
  if (!ofDay.success) notFound()
  const [bill, differences] = await Promise.all([readBillDay(ofDay.data), listDifferences(ofDay.data)])
  if (!bill) notFound()
  const { provider, day } = ofDay.data
  const open = differences.filter(({ state }) => state !== 'settled').length
  return (
    <OfficePage
      title={`${t(`providers.${provider}`)}, ${formatDay(day, locale)}`}
      trail={
        <a className="link" href={officeBillsPath(locale)}>
          {t('tabs.bills')}
        </a>
      }
      acts={
        mayDo(permit.roles, 'payments.reconcile') ? (
          <ActionForm action={rerunBillDayAction} className="office-act">
            <input type="hidden" name="provider" value={provider} />
            <input type="hidden" name="day" value={day} />
            <button className="button button-quiet" type="submit">
              {t('bills.rerun')}
            </button>
          </ActionForm>
        ) : null
      }
    >
      <Facts
        facts={[
          { name: t('bills.state'), value: <DayState day={{ state: bill.state, open }} t={t} /> },
          { name: t('bills.problem'), value: bill.problem ?? '–' },
          { name: t('bills.matchedAt'), value: bill.matchedAt ? formatTime(bill.matchedAt, locale) : '–' },
          {
            name: t('bills.payments'),
            value: `${formatCount(bill.payments, locale)} · ${formatPrice(bill.paidFen, locale)}`,
          },
          {
            name: t('bills.refunds'),
            value: `${formatCount(bill.refunds, locale)} · ${formatPrice(bill.refundedFen, locale)}`,
          },
          { name: t('bills.fees'), value: formatPrice(bill.feesFen, locale) },
          {
            name: t('bills.file'),
            value: bill.sha256 ? (
              <>
                <a className="link" href={officeBillFilePath(locale, provider, day)} download>
                  {t('bills.download', { bytes: formatCount(Number(bill.bytes), locale) })}
                </a>
                <br />
                <code>SHA-256 {bill.sha256.toString('hex')}</code>
              </>
            ) : (
              t('bills.noFile')
            ),
          },
        ]}
      />
      <Panel title={t('differences.title')}>
        <DifferenceTable differences={differences} t={t} locale={locale} />
      </Panel>
    </OfficePage>
  )
}
