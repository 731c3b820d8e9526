import { DataTable } from '#components/office/data-table.tsx'
import type { Difference } from '#db/reconciliation/list-open-differences.ts'
import { officeDifferencePath } from '#lib/office-paths.ts'
import { type InPaymentWords, priceOrDash } from './payment-words.ts'

type Listed = Pick<
  Difference,
  'id' | 'finding' | 'proposal' | 'subject' | 'orderNumber' | 'billedFen' | 'oursFen' | 'state' | 'resolution'
> & { readonly provider?: Difference['provider']; readonly day?: string }

/** What differs and what to do about it, in words; each leads to where it is decided. */
export function DifferenceTable({ differences, t, locale }: InPaymentWords & { differences: readonly Listed[] }) {
  if (differences.length === 0) return <p>{t('differences.none')}</p>
  const ofDays = differences.every(({ day }) => day !== undefined)
  return (
    <DataTable
      caption={t('differences.title')}
      captionHidden
      columns={[
        { head: t('differences.what'), cell: ({ finding }) => t(`differences.findings.${finding}`) },
        ...(ofDays
          ? [
              {
                head: t('bills.day'),
                cell: ({ provider, day }: Listed) => `${provider && t(`providers.${provider}`)} ${day}`,
              },
            ]
          : []),
        { head: t('differences.subject'), cell: ({ subject }) => subject, minor: true },
        { head: t('order'), cell: ({ orderNumber }) => orderNumber ?? '–', minor: true },
        { head: t('differences.billed'), cell: ({ billedFen }) => priceOrDash(billedFen, locale), end: true },
        { head: t('differences.ours'), cell: ({ oursFen }) => priceOrDash(oursFen, locale), end: true },
        {
          head: t('differences.next'),
          cell: ({ proposal, state, resolution }) =>
            state === 'settled' && resolution
              ? t(`differences.resolutions.${resolution}`)
              : t(`differences.proposals.${proposal}`),
        },
      ]}
      rows={differences}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => officeDifferencePath(locale, id)}
    />
  )
}
