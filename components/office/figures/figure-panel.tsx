import type { Route } from 'next'
import type { ReactNode } from 'react'
import { Panel } from '../office-page.tsx'

/**
 * A plot with the table behind it, which says the same to those who read and to those who count, and the same as a file.
 */
export function FigurePanel({
  title,
  note,
  words,
  csv,
  children,
  table,
}: {
  title: string
  /** What is counted, in a sentence. */
  note?: string | undefined
  words: { readonly table: string; readonly csv: string; readonly csvOf: string }
  csv: Route
  children?: ReactNode
  table: ReactNode
}) {
  const file = (
    <a className="link" href={csv} download aria-label={words.csvOf}>
      {words.csv}
    </a>
  )
  return (
    <Panel title={title} aside={file}>
      {note ? <p className="figure-note">{note}</p> : null}
      {children}
      {children ? (
        <details className="figure-table">
          <summary>{words.table}</summary>
          {table}
        </details>
      ) : (
        table
      )}
    </Panel>
  )
}
