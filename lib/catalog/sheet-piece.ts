import type { LocalizedText } from '../domain/locale.ts'
import type { Fen } from '../domain/money.ts'
import type { Options } from '../domain/options.ts'
import type { SaleGap } from '../domain/sale-gaps.ts'
import type { factsOf } from './product-form.ts'

export type PieceFacts = ReturnType<typeof factsOf>

/** A variant as the catalogue has it now. */
export type SheetVariant = {
  readonly sku: string
  readonly options: Options
  readonly weightG: number | null
  readonly offered: boolean
  readonly priceFen: Fen
  readonly onHand: number
  readonly image: string
  readonly imageAlt: LocalizedText
}

/** A piece as the catalogue has it now. */
export type SheetPiece = PieceFacts & {
  readonly productId: number
  readonly version: number
  readonly published: boolean
  readonly archived: boolean
  readonly variants: readonly SheetVariant[]
}

/** What a table would do to one variant; what it leaves as it is is null. */
export type PlannedVariant = {
  readonly sku: string
  readonly isNew: boolean
  readonly facts: { readonly options: Options; readonly weightG: number | null; readonly offered: boolean } | null
  readonly priceFen: Fen | null
  readonly count: { readonly units: number; readonly onHandSeen: number } | null
}

/** `before` is empty for what is new. @property line of the file. */
export type SheetChange = {
  readonly line: number
  readonly sku: string
  readonly column: string
  readonly before: string
  readonly after: string
}

/** What a table would do to one piece, which is done whole or not at all. */
export type PlannedPiece = {
  readonly slug: string
  readonly line: number
  /** Null for a new one. */
  readonly productId: number | null
  readonly version: number
  readonly facts: PieceFacts | null
  readonly variants: readonly PlannedVariant[]
  readonly changes: readonly SheetChange[]
}

/** What is wrong with a cell: a word of ours, or the key of a text that its field names. */
export type SheetProblem = {
  readonly line: number
  readonly column: string
  readonly code:
    | 'piece'
    | 'archived'
    | 'unknown_category'
    | 'contradicts'
    | 'sku_twice'
    | 'sku_elsewhere'
    | 'unknown_option'
    | 'options_taken'
    | 'needed'
    | 'no_sku'
    | 'gaps'
    | { readonly key: string }
  readonly gaps?: readonly SaleGap[]
}

/** The catalogue that a table is held against. */
export type Catalogue = {
  readonly pieces: ReadonlyMap<string, SheetPiece>
  /** The piece of each SKU that the table names. */
  readonly pieceOfSku: ReadonlyMap<string, string>
  readonly categories: ReadonlySet<string>
  readonly options: Readonly<Record<string, ReadonlySet<string>>>
}
