import 'server-only'
import { createHash } from 'node:crypto'
import { applySheetPiece } from '#db/catalog/desk/apply-sheet-piece.ts'
import { listDeskCategories } from '#db/catalog/desk/list-desk-categories.ts'
import { listOptionValues } from '#db/catalog/desk/list-option-values.ts'
import { findPiecesOfSkus, readNamedPieces, readNextPieces } from '#db/catalog/desk/read-sheet-pieces.ts'
import { toYuan } from '../domain/money.ts'
import { grantPermit, type Permit } from '../domain/permissions.ts'
import type { Result } from '../result.ts'
import type { Sheet, SheetRow } from '../spreadsheet/sheet.ts'
import { planSheet, type SheetPlan } from './plan-sheet.ts'
import { readSheet, type SheetError } from './read-sheet.ts'
import { cellsOfPiece, cellsOfVariant, PIECE_COLUMNS, SHEET_COLUMNS, TOLD_COLUMNS } from './sheet-columns.ts'
import type { PlannedPiece, SheetPiece } from './sheet-piece.ts'

/** Pieces read at a time. */
const BATCH = 200

/** The whole catalogue as a table that `planOf` reads back. */
export function catalogueSheet(permit: Permit<'catalogue.read'>): Sheet {
  async function* batches(): AsyncGenerator<readonly SheetRow[]> {
    for (let after = 0, pieces: SheetPiece[] = []; after === 0 || pieces.length === BATCH; ) {
      pieces = await readNextPieces(permit, after, BATCH)
      after = pieces.at(-1)?.productId ?? -1
      yield pieces.flatMap(rowsOf)
    }
  }
  const columns = [...SHEET_COLUMNS, ...TOLD_COLUMNS].map((head) => ({ head, width: 16 }))
  return { name: 'catalogue', columns, batches: batches() }
}

/** A piece without a variant is a row all the same; what the piece is stands in its first row alone. */
function rowsOf(piece: SheetPiece): readonly SheetRow[] {
  const fields = cellsOfPiece(piece)
  const state = piece.published ? 'published' : 'draft'
  const facts = PIECE_COLUMNS.map((column) => fields[column] ?? '')
  const nothing = PIECE_COLUMNS.map(() => '')
  if (piece.variants.length === 0) return [[piece.slug, '', ...facts, '', '', '', '', '', '', '', state]]
  return piece.variants.map((variant, n) => [
    ...[piece.slug, variant.sku],
    ...(n === 0 ? facts : nothing),
    ...Object.values(cellsOfVariant(variant)),
    ...['', String(variant.onHand), state],
  ])
}

/** What a table would change in the catalogue as it is now. `seal` stands for exactly this plan. */
export async function planOf(
  permit: Permit<'catalogue.edit'>,
  text: string,
): Promise<Result<SheetPlan & { readonly seal: string }, SheetError>> {
  const lines = readSheet(text)
  if (!lines.ok) return lines
  const named = (column: 'piece' | 'sku') => [...new Set(lines.value.map(({ cells }) => cells[column] ?? ''))]
  const [known, pieceOfSku, shelves, values] = await Promise.all([
    readNamedPieces(permit, named('piece')),
    findPiecesOfSkus(named('sku')),
    listDeskCategories(permitToRead(permit)),
    listOptionValues(permitToRead(permit)),
  ])
  const plan = planSheet(lines.value, {
    pieces: new Map(known.map((piece) => [piece.slug, piece])),
    pieceOfSku,
    categories: new Set(shelves.map(({ slug }) => slug)),
    options: Object.fromEntries(
      [...Map.groupBy(values, ({ option }) => option)].map(([option, of]) => [
        option,
        new Set(of.map(({ value }) => value)),
      ]),
    ),
  })
  return { ok: true, value: { ...plan, seal: sealOf(plan.pieces) } }
}

/** Who may edit may read. */
function permitToRead({ staffId, name, roles }: Permit<'catalogue.edit'>): Permit<'catalogue.read'> {
  const permit = grantPermit({ staffId, name, roles }, 'catalogue.read')
  if (!permit) throw new Error('who edits the catalogue may not read it')
  return permit
}

const sealOf = (pieces: readonly PlannedPiece[]): string =>
  createHash('sha256')
    .update(JSON.stringify(pieces, (_, value) => (typeof value === 'bigint' ? toYuan(value as never) : value)))
    .digest('base64url')

export type AppliedSheet = {
  readonly applied: number
  readonly refused: readonly { readonly slug: string; readonly error: ApplyError }[]
}
type ApplyError = Extract<Awaited<ReturnType<typeof applySheetPiece>>, { readonly ok: false }>['error']

/** Does what was planned, piece by piece: one that is refused keeps the others from nothing. */
export async function applySheet(
  permit: Permit<'catalogue.edit'>,
  pieces: readonly PlannedPiece[],
  reason: string,
): Promise<AppliedSheet> {
  const refused: { slug: string; error: ApplyError }[] = []
  for (const piece of pieces) {
    const applied = await applySheetPiece(permit, piece, reason)
    if (!applied.ok) refused.push({ slug: piece.slug, error: applied.error })
  }
  return { applied: pieces.length - refused.length, refused }
}
