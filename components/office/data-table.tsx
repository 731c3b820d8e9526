import type { Route } from 'next'
import type { ReactNode } from 'react'
import { MarkAll } from './mark-all.tsx'
import { RowKeys } from './row-keys.tsx'

export type Column<Row> = {
  readonly head: string
  readonly cell: (row: Row) => ReactNode
  /** For amounts and counts. */
  readonly end?: boolean
  /** Left out where a screen is narrower than a laptop's. */
  readonly minor?: boolean
  /** A number of many signs, which a phone may break anywhere. */
  readonly long?: boolean
}

/** Ticks in front of the rows: fields `name` of the form around the table, or of `form`, whose values are the keys. */
export type Marks<Row> = {
  readonly name: string
  readonly form?: string
  readonly label: (row: Row) => string
  readonly all: string
}

/**
 * Rows under a head that stays in view. The first column names the row and, with `hrefOf`, leads to it; `j`, `k`, Enter
 * and `x` work on every table that has links. One such table to a page.
 */
export function DataTable<Row>({
  caption,
  captionHidden = false,
  columns,
  rows,
  keyOf,
  hrefOf,
  marks,
}: {
  caption: string
  /** Where the heading above says the same. */
  captionHidden?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  hrefOf?: (row: Row) => Route
  marks?: Marks<Row>
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled sideways must be reached by keyboard.
    <section className="office-table-frame" tabIndex={0}>
      {hrefOf ? <RowKeys /> : null}
      <table className="office-table" aria-label={captionHidden ? caption : undefined}>
        {captionHidden ? null : <caption>{caption}</caption>}
        <thead>
          <tr>
            {marks ? (
              <th className="mark" scope="col">
                <MarkAll label={marks.all} />
              </th>
            ) : null}
            {columns.map((column) => (
              <th key={column.head} scope="col" className={classOf(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-row={hrefOf ? '' : undefined}>
              {marks ? (
                <td className="mark">
                  <input
                    type="checkbox"
                    name={marks.name}
                    form={marks.form}
                    value={keyOf(row)}
                    data-mark
                    aria-label={marks.label(row)}
                  />
                </td>
              ) : null}
              {columns.map((column, place) => (
                <Cell
                  key={column.head}
                  column={column}
                  row={row}
                  href={place === 0 ? hrefOf?.(row) : undefined}
                  isHead={place === 0}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const classOf = <Row,>({ end, minor, long }: Column<Row>) =>
  [end && 'end', minor && 'minor', long && 'long'].filter(Boolean).join(' ') || undefined

function Cell<Row>({
  column,
  row,
  href,
  isHead,
}: {
  column: Column<Row>
  row: Row
  href: Route | undefined
  isHead: boolean
}) {
  const content = href ? (
    <a href={href} data-open>
      {column.cell(row)}
    </a>
  ) : (
    column.cell(row)
  )
  return isHead ? (
    <th scope="row" className={classOf(column)}>
      {content}
    </th>
  ) : (
    <td className={classOf(column)}>{content}</td>
  )
}
