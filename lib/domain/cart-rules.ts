import { type Fen, sumFen, timesFen } from './money.ts'
import { MAX_QUANTITY } from './pricing.ts'

/** What the rules need to know of a line. */
export type CartLineFacts = {
  readonly quantity: number
  readonly unitPrice: Fen
  /** The unit price when the shopper last chose the piece. */
  readonly priceSeen: Fen
  /** Units that can be bought now; 0 for a piece that is no longer sold. */
  readonly available: number
}

/** What changed since the shopper put the piece there, most important first. */
export type CartNotice =
  | { readonly kind: 'sold_out' }
  | { readonly kind: 'only_left'; readonly left: number }
  | { readonly kind: 'price_changed'; readonly from: Fen; readonly to: Fen }

/** The units that can be paid for: what was asked, as far as there is stock. */
export const payableUnits = ({ quantity, available }: CartLineFacts): number =>
  Math.max(0, Math.min(quantity, available, MAX_QUANTITY))

export const lineTotal = (line: CartLineFacts): Fen => timesFen(line.unitPrice, payableUnits(line))

/** What the pieces cost that can be had. */
export const cartSubtotal = (lines: readonly CartLineFacts[]): Fen => sumFen(lines.map(lineTotal))

/** All units in the cart, as its badge shows them. */
export const unitsIn = (lines: readonly { readonly quantity: number }[]): number =>
  lines.reduce((units, line) => units + line.quantity, 0)

export function cartNotices(line: CartLineFacts): readonly CartNotice[] {
  if (line.available <= 0) return [{ kind: 'sold_out' }]
  const notices: CartNotice[] = []
  if (line.quantity > line.available) notices.push({ kind: 'only_left', left: line.available })
  if (line.unitPrice !== line.priceSeen)
    notices.push({ kind: 'price_changed', from: line.priceSeen, to: line.unitPrice })
  return notices
}

export const CART_OPERATIONS = ['add', 'set', 'remove'] as const
export type CartOperation = (typeof CART_OPERATIONS)[number]

/** How a change ended. `limited`: less than asked for, the most that can be had. */
export type CartOutcome =
  | { readonly kind: 'done'; readonly quantity: number }
  | { readonly kind: 'limited'; readonly quantity: number }
  | { readonly kind: 'sold_out' }
  | { readonly kind: 'full' }
  | { readonly kind: 'unknown_piece' }

export type CartChangeFacts = {
  readonly operation: CartOperation
  readonly asked: number
  /** Units in the line before; 0 when it was not there. */
  readonly before: number
  /** Units in the line after; null when nothing was written. */
  readonly after: number | null
  /** Null for a piece that the shop does not have. */
  readonly available: number | null
}

/** Says what became of a change, from what the database did. */
export function cartOutcome({ operation, asked, before, after, available }: CartChangeFacts): CartOutcome {
  if (operation === 'remove') return { kind: 'done', quantity: 0 }
  if (available === null) return { kind: 'unknown_piece' }
  if (available <= 0) return { kind: 'sold_out' }
  if (after === null) return { kind: 'full' }
  const wanted = operation === 'add' ? before + asked : asked
  return { kind: after < wanted ? 'limited' : 'done', quantity: after }
}
