import { type SaleGap, saleGaps } from '../domain/sale-gaps.ts'
import { isSlug } from '../domain/slug.ts'
import { type PlannedVariants, planVariants } from './plan-variants.ts'
import { factsOf, ProductFields } from './product-form.ts'
import type { SheetLine } from './read-sheet.ts'
import { asCell, cellsOfPiece, keyOf, PIECE_COLUMNS, PIECE_FIELDS } from './sheet-columns.ts'
import type { Catalogue, PieceFacts, PlannedPiece, SheetChange, SheetPiece, SheetProblem } from './sheet-piece.ts'

export type SheetPlan = {
  /** Those that would change and in whose rows nothing is wrong. */
  readonly pieces: readonly PlannedPiece[]
  readonly problems: readonly SheetProblem[]
  /** Pieces that are as the table says. */
  readonly unchanged: number
}

/** What a table would change, row by row; a piece with a problem in any of its rows is left out as a whole. */
export function planSheet(lines: readonly SheetLine[], catalogue: Catalogue): SheetPlan {
  const problems: SheetProblem[] = []
  const pieces: PlannedPiece[] = []
  let unchanged = 0
  const seen = new Set<string>()
  for (const [slug, rows] of Map.groupBy(lines, ({ cells }) => cells.piece ?? '')) {
    const planned = planPiece(slug, rows, catalogue, seen)
    problems.push(...planned.problems)
    if (planned.problems.length > 0) continue
    if (planned.piece.changes.length === 0) unchanged += 1
    else pieces.push(planned.piece)
  }
  return { pieces, problems: problems.toSorted((one, other) => one.line - other.line), unchanged }
}

function planPiece(slug: string, rows: readonly SheetLine[], catalogue: Catalogue, seen: Set<string>) {
  const known = catalogue.pieces.get(slug)
  const line = rows[0]?.line ?? 0
  const facts = planFacts(slug, rows, known, catalogue)
  const variants = planVariants(slug, rows, known, catalogue, seen)
  const problems = [...facts.problems, ...variants.problems]
  if (known?.archived) problems.unshift({ line, column: 'piece', code: 'archived' })
  const gaps = problems.length === 0 && known?.published ? gapsAfter(facts.facts ?? known, known, variants) : []
  if (gaps.length > 0) problems.push({ line, column: 'piece', code: 'gaps', gaps })
  const piece: PlannedPiece = {
    slug,
    line,
    productId: known?.productId ?? null,
    version: known?.version ?? 1,
    facts: facts.facts,
    variants: variants.variants,
    changes: [...facts.changes, ...variants.changes],
  }
  return { piece, problems }
}

/** What the first row says of the piece, beside what the catalogue says. */
function planFacts(
  slug: string,
  [first, ...further]: readonly SheetLine[],
  known: SheetPiece | undefined,
  { categories }: Catalogue,
) {
  const problems: SheetProblem[] = []
  const changes: SheetChange[] = []
  const fields: Record<string, string> = known
    ? { ...cellsOfPiece(known) }
    : { slug, ...Object.fromEntries(PIECE_COLUMNS.map((column) => [column, ''])) }
  const { line = 0, cells = {} } = first ?? {}
  if (!isSlug(slug)) problems.push({ line, column: 'piece', code: 'piece' })
  for (const column of PIECE_COLUMNS) {
    const cell = cells[column]
    for (const row of further) {
      const other = row.cells[column]
      if (other && other !== cell) problems.push({ line: row.line, column, code: 'contradicts' })
    }
    if (cell === undefined) continue
    const read = PIECE_FIELDS[column].safeParse(cell)
    if (!read.success) problems.push({ line, column, code: cell === '' ? 'needed' : keyOf(read.error) })
    else if (column === 'category' && !categories.has(cell)) problems.push({ line, column, code: 'unknown_category' })
    else if (asCell(read.data) !== fields[column]) {
      changes.push({ line, sku: '', column, before: fields[column] ?? '', after: asCell(read.data) })
      fields[column] = asCell(read.data)
    }
  }
  const needed = known ? [] : (['category', 'weight_g'] as const).filter((column) => cells[column] === undefined)
  problems.push(...needed.map((column): SheetProblem => ({ line, column, code: 'needed' })))
  if (!known) changes.unshift({ line, sku: '', column: 'piece', before: '', after: slug })
  const isChanged = problems.length === 0 && changes.length > 0
  return { problems, changes, facts: isChanged ? factsOf(ProductFields.parse(fields)) : null }
}

/** What a piece of the shop would lack afterwards. */
const gapsAfter = (texts: PieceFacts, known: SheetPiece, { variants }: PlannedVariants): readonly SaleGap[] => {
  const planned = new Map(variants.map((variant) => [variant.sku, variant]))
  const after = known.variants.map((one) => ({ ...one, offered: planned.get(one.sku)?.facts?.offered ?? one.offered }))
  const added = variants.filter(({ isNew }) => isNew)
  const bare = { image: '', imageAlt: { en: '', fr: '', zh: '' } }
  return saleGaps({
    ...texts,
    variants: [...after, ...added.map(({ sku, facts }) => ({ sku, offered: facts?.offered ?? false, ...bare }))],
  })
}
