import type { Fen } from '#lib/domain/money.ts'
import type { StockBand } from '#lib/domain/stock-band.ts'

/** A variant as its page shows it. Dimensions in millimetres and millilitres, weight in grams. */
export type PieceVariant = {
  readonly slug: string
  readonly sku: string
  readonly options: Readonly<Record<string, string>>
  readonly priceFen: Fen
  readonly stock: StockBand
  readonly image: string
  readonly imageAlt: string
  readonly material: string
  readonly dimensions: { readonly [measure in 'length' | 'width' | 'height' | 'diameter' | 'capacity_ml']?: number }
  readonly weightG: number
}

/** A piece as its page shows it. */
export type PieceView = {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly category: { readonly slug: string; readonly name: string }
  readonly options: readonly {
    readonly option: string
    readonly values: readonly { readonly value: string; readonly name: string }[]
  }[]
  readonly variants: readonly PieceVariant[]
  /** Pictures beside those of the variants. */
  readonly views: readonly { readonly image: string; readonly alt: string }[]
}

/** "Ivory, Large": the names of a variant's option values, in the order of the shop. */
export const variantName = (piece: PieceView, variant: PieceVariant, separator: string): string =>
  piece.options
    .flatMap(({ option, values }) => values.find(({ value }) => value === variant.options[option])?.name ?? [])
    .join(separator)
