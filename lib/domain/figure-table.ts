import { type Fen, toYuan } from './money.ts'

/** What stands in a cell, before it is written for people or for a spreadsheet. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'money'; readonly amount: Fen }
  /** Hundredths of a percent; null where there is nothing to take a part of. */
  | { readonly kind: 'share'; readonly basisPoints: number | null; readonly asBar: boolean }

/** The table behind a plot: the same for those who read it, for the screen and for the file. */
export type FigureTable = { readonly heads: readonly string[]; readonly rows: readonly (readonly Cell[])[] }

export const text = (of: string): Cell => ({ kind: 'text', text: of })
export const count = (of: number): Cell => ({ kind: 'count', count: of })
export const money = (of: Fen): Cell => ({ kind: 'money', amount: of })
export const share = (basisPoints: number | null): Cell => ({ kind: 'share', basisPoints, asBar: false })
/** A share that is easier to compare as a length. */
export const bar = (basisPoints: number | null): Cell => ({ kind: 'share', basisPoints, asBar: true })

/** A cell for a machine: amounts in yuan, shares in percent, no grouping. */
export function plainCell(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'count':
      return String(cell.count)
    case 'money':
      return toYuan(cell.amount)
    case 'share':
      return cell.basisPoints === null ? '' : (cell.basisPoints / 100).toFixed(2)
  }
}
