import type { Fen } from '../domain/money.ts'

/** What stands in a cell: text as it is, never a formula; an amount in fen; a number of things; a moment. */
export type SheetCell = string | { readonly fen: Fen } | { readonly count: number } | { readonly at: Date }
export type SheetRow = readonly SheetCell[]

/** A table of any length under one row of headings. */
export type Sheet = {
  readonly name: string
  /** A heading for each column, and how many letters wide it is shown. */
  readonly columns: readonly { readonly head: string; readonly width: number }[]
  /** Batch by batch: what is written is not held. */
  readonly batches: AsyncIterable<readonly SheetRow[]>
}

/** Writes a table to a file as it comes, at the pace at which the file is taken, and closes the file. */
export type WriteSheet = (sheet: Sheet, to: WritableStream<Uint8Array>) => Promise<void>
