import type { Fields } from '../domain/merge-edit.ts'
import { toYuan } from '../domain/money.ts'
import { OPTIONS } from '../domain/options.ts'
import { fieldsOfProduct, MEASURES, ProductFields, priceField, unitsField, VariantFields } from './product-form.ts'
import type { SheetPiece, SheetVariant } from './sheet-piece.ts'

/**
 * The catalogue as a table: a row for each variant, in which the first row of a piece says what the piece is. A column
 * that a file lacks changes nothing; an empty cell empties what may be empty.
 */
export const PIECE_COLUMNS = [
  'category',
  ...(['name', 'description', 'material'] as const).flatMap((text) => [
    `${text}_en` as const,
    `${text}_fr` as const,
    `${text}_zh` as const,
  ]),
  'weight_g',
  ...MEASURES,
] as const
export const VARIANT_COLUMNS = [...OPTIONS, 'variant_weight_g', 'offered', 'price'] as const
/** `piece`: its address. `count`: what was counted on the shelf; empty leaves the stock alone. */
export const SHEET_COLUMNS = ['piece', 'sku', ...PIECE_COLUMNS, ...VARIANT_COLUMNS, 'count'] as const
/** For who reads the table; never read back. */
export const TOLD_COLUMNS = ['stock', 'state'] as const

export type PieceColumn = (typeof PIECE_COLUMNS)[number]
export type VariantColumn = (typeof VARIANT_COLUMNS)[number]
export type SheetColumn = (typeof SHEET_COLUMNS)[number]

/** How a cell of each column is read; a message is a key of the texts. */
export const PIECE_FIELDS = ProductFields.shape
export const VARIANT_FIELDS = {
  glaze: VariantFields.shape.glaze,
  size: VariantFields.shape.size,
  variant_weight_g: VariantFields.shape.weight_g,
  offered: VariantFields.shape.offered,
  price: priceField,
} as const
export const COUNT_FIELD = unitsField

/** What was read of a cell as the text that a table shows for it. */
export function asCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'bigint' ? toYuan(value as Parameters<typeof toYuan>[0]) : String(value)
}

export const cellsOfPiece = (piece: SheetPiece): Fields => fieldsOfProduct(piece)

export const cellsOfVariant = ({
  options,
  weightG,
  offered,
  priceFen,
}: SheetVariant): Record<VariantColumn, string> => ({
  glaze: options.glaze ?? '',
  size: options.size ?? '',
  variant_weight_g: asCell(weightG),
  offered: offered ? 'yes' : 'no',
  price: toYuan(priceFen),
})

/** The text that says what is wrong with a cell. */
export const keyOf = (error: {
  readonly issues: readonly { readonly message: string }[]
}): { readonly key: string } => {
  const message = error.issues[0]?.message ?? ''
  return { key: message.startsWith('officeCatalogue.') ? message : 'form.errors.invalid' }
}
