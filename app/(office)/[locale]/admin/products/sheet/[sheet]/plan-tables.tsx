import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/office/data-table.tsx'
import type { SheetChange, SheetProblem } from '#lib/catalog/sheet-piece.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { tellProblem } from '../tell-problem.ts'

/** A person looks through no more than this; the sums above say the rest. */
const SHOWN_AT_MOST = 500
const TEXT_AT_MOST = 160

const short = (text: string) => (text.length > TEXT_AT_MOST ? `${text.slice(0, TEXT_AT_MOST)}…` : text)

export async function ProblemTable({ locale, problems }: { locale: Locale; problems: readonly SheetProblem[] }) {
  const t = await getTranslations('officeSheet')
  return (
    <DataTable
      caption={t('problemsTitle', { count: problems.length })}
      rows={problems.slice(0, SHOWN_AT_MOST)}
      keyOf={(problem) => `${problem.line} ${problem.column} ${problems.indexOf(problem)}`}
      columns={[
        { head: t('line'), cell: ({ line }) => line },
        { head: t('column'), cell: ({ column }) => column },
        { head: t('why'), cell: (problem) => tellProblem(problem, locale) },
      ]}
    />
  )
}

export async function ChangeTable({ changes }: { changes: readonly (SheetChange & { readonly slug: string })[] }) {
  const t = await getTranslations('officeSheet')
  const more = changes.length - SHOWN_AT_MOST
  return (
    <>
      <DataTable
        caption={t('changesTitle')}
        rows={changes.slice(0, SHOWN_AT_MOST)}
        keyOf={({ line, sku, column }) => `${line} ${sku} ${column}`}
        columns={[
          { head: t('line'), cell: ({ line }) => line },
          {
            head: t('piece'),
            cell: ({ slug, sku }) => (
              <>
                {slug}
                <small>{sku}</small>
              </>
            ),
          },
          { head: t('column'), cell: ({ column }) => column },
          { head: t('before'), cell: ({ before }) => <span>{short(before)}</span>, minor: true },
          { head: t('after'), cell: ({ after }) => <strong>{short(after)}</strong> },
        ]}
      />
      {more > 0 ? <p>{t('more', { count: more })}</p> : null}
    </>
  )
}
