import { DataTable } from '#components/office/data-table.tsx'
import { Bar } from '#components/office/figures/bar.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { AttemptFigures } from '#db/figures/read-attempt-figures.ts'
import type { FailureReason } from '#db/figures/read-failures.ts'
import { shareOf } from '#lib/domain/figure-period.ts'
import { formatCount, formatShare } from '#lib/i18n/format-figure.ts'
import { type FigureWords, wayName } from '../figures/office-words.ts'
import type { InPaymentWords } from './payment-words.ts'

type Words = InPaymentWords & { readonly figures: FigureWords }

/** What came of the attempts, by way to pay. The rate leaves out those that may still be paid. */
export function AttemptsTable({ attempts, figures, t, locale }: Words & { attempts: readonly AttemptFigures[] }) {
  const number = (key: 'started' | 'succeeded' | 'failed' | 'closed' | 'expired' | 'disputed' | 'waiting') => ({
    head: t(`attempts.${key}`),
    cell: (row: AttemptFigures) => formatCount(row[key], locale),
    end: true,
    minor: key !== 'started' && key !== 'succeeded',
  })
  return (
    <Panel title={t('attempts.title')}>
      <p className="figure-note">{t('attempts.note')}</p>
      {attempts.length === 0 ? (
        <p>{t('nothing')}</p>
      ) : (
        <DataTable
          caption={t('attempts.caption')}
          captionHidden
          columns={[
            { head: figures('wayToPay'), cell: ({ provider, scene }) => wayName(figures, provider, scene) },
            number('started'),
            number('succeeded'),
            number('failed'),
            number('closed'),
            number('expired'),
            number('disputed'),
            number('waiting'),
            {
              head: t('attempts.seconds'),
              cell: ({ secondsToPay }) => (secondsToPay === null ? '–' : formatCount(Math.round(secondsToPay), locale)),
              end: true,
              minor: true,
            },
            { head: t('attempts.rate'), cell: (row) => <Rate row={row} locale={locale} />, end: true },
          ]}
          rows={attempts}
          keyOf={({ provider, scene }) => `${provider} ${scene}`}
        />
      )}
    </Panel>
  )
}

function Rate({ row, locale }: { row: AttemptFigures; locale: InPaymentWords['locale'] }) {
  const rate = shareOf(row.succeeded, row.started - row.waiting)
  return (
    <span className="bar-cell">
      <Bar share={(rate ?? 0) / 10_000} />
      {rate === null ? '–' : formatShare(rate, locale)}
    </span>
  )
}

/** Why attempts failed. */
export function FailuresTable({ failures, figures, t, locale }: Words & { failures: readonly FailureReason[] }) {
  if (failures.length === 0) return null
  return (
    <Panel title={t('failures.title')}>
      <DataTable
        caption={t('failures.caption')}
        captionHidden
        columns={[
          { head: t('failures.code'), cell: ({ code }) => <code>{code}</code> },
          { head: figures('wayToPay'), cell: ({ provider, scene }) => wayName(figures, provider, scene) },
          { head: t('attempts.started'), cell: ({ attempts }) => formatCount(attempts, locale), end: true },
        ]}
        rows={failures}
        keyOf={({ provider, scene, code }) => `${provider} ${scene} ${code}`}
      />
    </Panel>
  )
}
