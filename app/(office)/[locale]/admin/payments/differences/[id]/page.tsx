import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { Facts } from '#components/office/facts.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { readDifference } from '#db/reconciliation/list-open-differences.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeBillDayPath, officeBillsPath, officeOrderPath } from '#lib/office-paths.ts'
import { priceOrDash } from '../../payment-words.ts'
import { DifferenceActs } from './difference-acts.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePayments'))('differences.one') }
}

/** One difference: what the bill says, what we say, and the acts that end it. */
export default async function DifferencePage({ params }: PageProps<'/[locale]/admin/payments/differences/[id]'>) {
  const permit = await permitted('payments.read')
  const [locale, t, { id }] = await Promise.all([pageLocale(), getTranslations('officePayments'), params])
  const difference = z.uuid().safeParse(id).success ? await readDifference(permit, id) : null
  if (!difference) notFound()
  const { provider, day, state, resolution, orderNumber } = difference
  return (
    <OfficePage
      title={t(`differences.findings.${difference.finding}`)}
      trail={
        <a className="link" href={officeBillsPath(locale)}>
          {t('tabs.bills')}
        </a>
      }
    >
      <Facts
        facts={[
          {
            name: t('bills.day'),
            value: (
              <a className="link" href={officeBillDayPath(locale, provider, day)}>
                {t(`providers.${provider}`)} {day}
              </a>
            ),
          },
          { name: t('differences.subject'), value: difference.subject },
          { name: t('differences.line'), value: difference.line ?? '–' },
          {
            name: t('order'),
            value: orderNumber ? (
              <a className="link" href={officeOrderPath(locale, orderNumber)}>
                {orderNumber}
              </a>
            ) : (
              '–'
            ),
          },
          { name: t('differences.billed'), value: priceOrDash(difference.billedFen, locale) },
          { name: t('differences.billedFee'), value: priceOrDash(difference.billedFeeFen, locale) },
          { name: t('differences.ours'), value: priceOrDash(difference.oursFen, locale) },
          { name: t('differences.detail'), value: difference.detail ?? '–' },
          {
            name: t('differences.next'),
            value:
              state === 'settled' && resolution
                ? t(`differences.resolutions.${resolution}`)
                : t(`differences.proposals.${difference.proposal}`),
          },
          { name: t('differences.noted'), value: difference.note ?? '–' },
          { name: t('since'), value: formatTime(difference.openedAt, locale) },
          {
            name: t('differences.settled'),
            value: difference.settledAt ? `${formatTime(difference.settledAt, locale)}, ${difference.settledBy}` : '–',
          },
        ]}
      />
      {state !== 'settled' && mayDo(permit.roles, 'payments.reconcile') ? (
        <DifferenceActs difference={difference} t={t} />
      ) : null}
    </OfficePage>
  )
}
