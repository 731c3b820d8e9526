import { OPTIONS, variantSlug } from '../domain/options.ts'
import { skuField } from './product-form.ts'
import type { SheetLine } from './read-sheet.ts'
import { asCell, COUNT_FIELD, cellsOfVariant, keyOf, VARIANT_COLUMNS, VARIANT_FIELDS } from './sheet-columns.ts'
import type { Catalogue, PlannedVariant, SheetChange, SheetPiece, SheetProblem, SheetVariant } from './sheet-piece.ts'

export type PlannedVariants = {
  readonly variants: readonly PlannedVariant[]
  readonly problems: readonly SheetProblem[]
  readonly changes: readonly SheetChange[]
}

/** What somebody sees of a variant that is not there yet: a draft, since nobody has photographed it. */
const NEW_CELLS = { glaze: '', size: '', variant_weight_g: '', offered: 'no', price: '' }

/** What the rows of one piece say of its variants. @param seen SKUs of rows before, of any piece. */
export function planVariants(
  slug: string,
  rows: readonly SheetLine[],
  known: SheetPiece | undefined,
  catalogue: Catalogue,
  seen: Set<string>,
): PlannedVariants {
  const planned = rows.flatMap((row, n) => {
    const sku = row.cells.sku ?? ''
    // The first row may be about the piece alone.
    if (sku === '')
      return n === 0 && rows.length === 1 ? [] : [refusal({ line: row.line, column: 'sku', code: 'no_sku' })]
    if (seen.has(sku)) return [refusal({ line: row.line, column: 'sku', code: 'sku_twice' })]
    seen.add(sku)
    const home = catalogue.pieceOfSku.get(sku)
    if (home !== undefined && home !== slug) return [refusal({ line: row.line, column: 'sku', code: 'sku_elsewhere' })]
    return [
      planVariant(
        row,
        sku,
        known?.variants.find((variant) => variant.sku === sku),
        catalogue,
      ),
    ]
  })
  const problems = planned.flatMap((one) => one.problems)
  return {
    variants: planned.flatMap(({ variant }) => variant ?? []),
    problems: problems.length > 0 ? problems : sameOptions(rows, planned, known),
    changes: planned.flatMap(({ changes }) => changes),
  }
}

type Planned = {
  readonly variant: PlannedVariant | null
  readonly problems: readonly SheetProblem[]
  readonly changes: readonly SheetChange[]
}
const refusal = (problem: SheetProblem): Planned => ({ variant: null, problems: [problem], changes: [] })

function planVariant(
  { line, cells: given }: SheetLine,
  sku: string,
  known: SheetVariant | undefined,
  { options: values }: Catalogue,
): Planned {
  const problems: SheetProblem[] = []
  const changes: SheetChange[] = []
  const cells: Record<string, string> = known ? { ...cellsOfVariant(known) } : { ...NEW_CELLS }
  const named = skuField.safeParse(sku)
  if (!known && !named.success) problems.push({ line, column: 'sku', code: keyOf(named.error) })
  for (const column of VARIANT_COLUMNS) {
    // What is new and not named otherwise begins as a draft.
    const cell = given[column] === '' && column === 'offered' ? undefined : given[column]
    if (cell === undefined) continue
    const read = VARIANT_FIELDS[column].safeParse(cell)
    if (!read.success) problems.push({ line, column, code: cell === '' ? 'needed' : keyOf(read.error) })
    else if (cell !== '' && values[column] && !values[column].has(cell))
      problems.push({ line, column, code: 'unknown_option' })
    else if (asCell(read.data) !== cells[column]) {
      changes.push({ line, sku, column, before: cells[column] ?? '', after: asCell(read.data) })
      cells[column] = asCell(read.data)
    }
  }
  if (cells['price'] === '' && given.price === undefined) problems.push({ line, column: 'price', code: 'needed' })
  const count = planCount(line, sku, given.count, known?.onHand ?? 0)
  problems.push(...count.problems)
  changes.push(...count.changes)
  if (problems.length > 0) return { variant: null, problems, changes }
  const touched = changes.length > 0 || !known
  const columns = new Set(changes.map(({ column }) => column))
  const variant: PlannedVariant = {
    sku,
    isNew: known === undefined,
    facts:
      !known || ['glaze', 'size', 'variant_weight_g', 'offered'].some((one) => columns.has(one))
        ? factsOf(cells)
        : null,
    priceFen: columns.has('price') ? VARIANT_FIELDS.price.parse(cells['price']) : null,
    count: count.wanted,
  }
  if (!known) changes.unshift({ line, sku, column: 'sku', before: '', after: sku })
  return { variant: touched ? variant : null, problems, changes }
}

const factsOf = (cells: Readonly<Record<string, string>>) => ({
  options: Object.fromEntries(OPTIONS.flatMap((option) => (cells[option] ? [[option, cells[option]]] : []))),
  weightG: cells['variant_weight_g'] ? Number(cells['variant_weight_g']) : null,
  offered: cells['offered'] === 'yes',
})

function planCount(line: number, sku: string, cell: string | undefined, onHand: number) {
  if (!cell) return { wanted: null, problems: [], changes: [] }
  const read = COUNT_FIELD.safeParse(cell)
  if (!read.success) {
    const problem: SheetProblem = { line, column: 'count', code: keyOf(read.error) }
    return { wanted: null, problems: [problem], changes: [] }
  }
  if (read.data === onHand) return { wanted: null, problems: [], changes: [] }
  const change: SheetChange = { line, sku, column: 'count', before: String(onHand), after: String(read.data) }
  return { wanted: { units: read.data, onHandSeen: onHand }, problems: [], changes: [change] }
}

/** Two variants of a piece may not have the same choices. */
function sameOptions(rows: readonly SheetLine[], planned: readonly Planned[], known: SheetPiece | undefined) {
  const slugs = new Map(known?.variants.map(({ sku, options }) => [sku, variantSlug(options)]))
  for (const { variant } of planned) if (variant?.facts) slugs.set(variant.sku, variantSlug(variant.facts.options))
  return planned.flatMap(({ variant }): SheetProblem[] => {
    if (!variant?.facts) return []
    const own = slugs.get(variant.sku)
    const taken = [...slugs].some(([sku, other]) => sku !== variant.sku && other === own)
    const line = rows.find(({ cells }) => cells.sku === variant.sku)?.line ?? 0
    return taken ? [{ line, column: 'glaze', code: 'options_taken' }] : []
  })
}
