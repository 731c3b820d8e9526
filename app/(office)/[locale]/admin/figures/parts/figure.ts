import type { ReactNode } from 'react'
import type { FigureTable } from '#lib/domain/figure-table.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { FigureFile } from '#lib/office-paths.ts'
import type { Asked } from '../asked-period.ts'
import type { InWords } from '../office-words.ts'

/** What a figure is asked for, by whom and in which language. */
export type FigureProps = InWords & {
  readonly permit: Permit<'figures.read'>
  readonly asked: Asked
  /** The hour that it is in Shanghai, `2026-11-21 18`. */
  readonly now: string
}

/** One part of the page: what it reads, the table of it for readers and for the file, and how it is drawn. */
export type Figure<Data> = {
  readonly name: FigureFile
  /** @param whole for the file, which leaves nothing out. */
  readonly read: (props: FigureProps, whole: boolean) => Promise<Data>
  readonly table: (data: Data, props: FigureProps) => FigureTable
  /** Left out where the table is all there is to see. */
  readonly draw?: (data: Data, props: FigureProps) => ReactNode
}

/** A figure whose data only it knows of. */
export type AnyFigure = {
  readonly name: FigureFile
  readonly readTable: (props: FigureProps) => Promise<FigureTable>
  readonly readPart: (props: FigureProps) => Promise<{ readonly table: FigureTable; readonly drawn: ReactNode }>
}

export const defineFigure = <Data>({ name, read, table, draw }: Figure<Data>): AnyFigure => ({
  name,
  readTable: async (props) => table(await read(props, true), props),
  readPart: async (props) => {
    const data = await read(props, false)
    return { table: table(data, props), drawn: draw?.(data, props) ?? null }
  },
})

/** Reads the same for the period and for what it is compared with. */
export async function readBoth<Rows>(
  { asked: { period, before } }: FigureProps,
  read: (of: Asked['period']) => Promise<Rows>,
): Promise<{ readonly rows: Rows; readonly before: Rows | null }> {
  const [rows, then] = await Promise.all([read(period), before && read(before)])
  return { rows, before: then }
}
