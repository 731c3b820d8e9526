import type { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/office/data-table.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { ProviderStatus, readStatus } from '#db/health/read-status.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { formatTime } from '#lib/i18n/format-time.ts'

/** Whether each provider is offered, how it answered last, and up to which day its bills are matched. */
export function ProviderTable({
  providers,
  unoffered,
  t,
  locale,
}: {
  providers: readonly ProviderStatus[]
  unoffered: Awaited<ReturnType<typeof readStatus>>['unoffered']
  t: Awaited<ReturnType<typeof getTranslations<'officeStatus'>>>
  locale: Locale
}) {
  return (
    <DataTable
      caption={t('providers')}
      captionHidden
      rows={providers}
      keyOf={({ provider }) => provider}
      columns={[
        { head: t('columns.provider'), cell: ({ provider }) => t(`provider.${provider}`) },
        {
          head: t('columns.state'),
          cell: ({ provider }) => {
            const why = unoffered.get(provider)
            return why ? (
              <StatusMark tone="bad">{t(`unoffered.${why}`)}</StatusMark>
            ) : (
              <StatusMark tone="good">{t('offered')}</StatusMark>
            )
          },
        },
        {
          head: t('columns.lastCall'),
          cell: ({ lastCall }) =>
            lastCall
              ? t(lastCall.answered ? 'answered' : 'unanswered', {
                  at: formatTime(lastCall.at, locale),
                  ms: lastCall.tookMs,
                })
              : t('never'),
        },
        { head: t('columns.reconciled'), cell: ({ reconciledDay }) => reconciledDay ?? t('never') },
      ]}
    />
  )
}
