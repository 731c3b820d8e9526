import { DataTable } from '#components/office/data-table.tsx'
import { Bar } from '#components/office/figures/bar.tsx'
import type { Cell, FigureTable } from '#lib/domain/figure-table.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { formatCount, formatShare } from '#lib/i18n/format-figure.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'

/** A cell for people. */
function shownCell(cell: Cell, locale: Locale): string {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'count':
      return formatCount(cell.count, locale)
    case 'money':
      return formatPrice(cell.amount, locale)
    case 'share':
      return cell.basisPoints === null ? '–' : formatShare(cell.basisPoints, locale)
  }
}

/** The table behind a plot. */
export function FigureRows({ caption, table, locale }: { caption: string; table: FigureTable; locale: Locale }) {
  const columns = table.heads.map((head, place) => ({
    head,
    cell: (row: FigureTable['rows'][number]) => {
      const cell = row[place]
      if (!cell) return ''
      return cell.kind === 'share' && cell.asBar ? <BarCell cell={cell} locale={locale} /> : shownCell(cell, locale)
    },
    end: place > 0,
  }))
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={columns}
      rows={table.rows}
      keyOf={(row) => row.map((cell) => shownCell(cell, locale)).join(' ')}
    />
  )
}

const BarCell = ({ cell, locale }: { cell: Extract<Cell, { kind: 'share' }>; locale: Locale }) => (
  <span className="bar-cell">
    <Bar share={(cell.basisPoints ?? 0) / 10_000} />
    {shownCell(cell, locale)}
  </span>
)
