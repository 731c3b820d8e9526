import { err, ok, type Result } from '../result.ts'
import { addFen, type Fen, subtractFen, sumFen, toFen, ZERO_FEN } from './money.ts'
import { goodsPaid, type OrderedLine, paidLine, worthOfUnits } from './refund-allotment.ts'
import { HIGHEST_REFUND } from './refund-number.ts'

export type LineUnits = { readonly position: number; readonly quantity: number }

/** What is to go back. By lines the shop works out what they are worth; by amount it is for staff to say, say for a scratch. */
export type RefundWish =
  | { readonly by: 'lines'; readonly lines: readonly LineUnits[]; readonly shipping: Fen; readonly restock: boolean }
  | { readonly by: 'amount'; readonly amount: Fen }

/** A refund of the order that went back or is under way; those that failed hold nothing. */
export type EarlierRefund = { readonly goods: Fen; readonly shipping: Fen; readonly lines: readonly LineUnits[] }

/** What the provider of the payment allows. */
export type RefundTerms = {
  /** Days from the payment on. */
  readonly windowDays: number
  readonly refundsAtMost: number
}

/** What our own book knows, read under its locks. */
export type RefundFacts = {
  readonly lines: readonly OrderedLine[]
  readonly shipping: Fen
  readonly paidAt: Date
  readonly earlier: readonly EarlierRefund[]
  /** Units on the shelf again, by line; also those of refunds that failed. */
  readonly restocked: ReadonlyMap<number, number>
  /** Numbers that were given to refunds of this payment, those that failed included. */
  readonly numbersUsed: number
  readonly terms: RefundTerms
}

/** What goes back and what it is made of: `amount = goods + shipping`. */
export type RefundPlan = {
  readonly amount: Fen
  /** For goods, after discounts. */
  readonly goods: Fen
  /** The share of the discount that those goods had; it was never paid. */
  readonly discount: Fen
  readonly shipping: Fen
  readonly lines: readonly LineUnits[]
  readonly restock: boolean
  /** True when nothing of the order stays paid. */
  readonly everything: boolean
}

export type RefundRefusal =
  | { readonly code: 'nothing_wanted' }
  /** A line that the order has not, one named twice, or a quantity or an amount that is no positive number. */
  | { readonly code: 'malformed' }
  | { readonly code: 'over_quantity'; readonly position: number; readonly left: number }
  | { readonly code: 'restocked_before'; readonly position: number; readonly left: number }
  | { readonly code: 'over_shipping'; readonly left: Fen }
  | { readonly code: 'over_rest'; readonly left: Fen }
  | { readonly code: 'window_over'; readonly until: Date }
  | { readonly code: 'too_many_refunds'; readonly most: number }

const DAY_MS = 86_400_000

/** Until when the provider takes a refund of what was paid at `paidAt`. */
export const refundableUntil = (paidAt: Date, { windowDays }: RefundTerms): Date =>
  new Date(paidAt.getTime() + windowDays * DAY_MS)

/** What can still go back: units of each line by position, and money. */
export function refundRest({ lines, shipping, earlier }: Omit<RefundFacts, 'paidAt' | 'numbersUsed'>) {
  const paid = lines.map(paidLine)
  const unitsBack = (position: number) =>
    earlier
      .flatMap((refund) => refund.lines)
      .filter((line) => line.position === position)
      .reduce((units, { quantity }) => units + quantity, 0)
  const goods = subtractFen(goodsPaid(paid), sumFen(earlier.map((refund) => refund.goods)))
  const shippingLeft = subtractFen(shipping, sumFen(earlier.map((refund) => refund.shipping)))
  return {
    lines: paid.map((line) => ({ ...line, back: unitsBack(line.position) })),
    goods,
    shipping: shippingLeft,
    amount: addFen(goods, shippingLeft),
  }
}
type Rest = ReturnType<typeof refundRest>

/** Whether a refund can be made, and what it is made of. Only what is left can go back, whatever was wanted. */
export function decideRefund(facts: RefundFacts, wish: RefundWish, now: Date): Result<RefundPlan, RefundRefusal> {
  const until = refundableUntil(facts.paidAt, facts.terms)
  if (now > until) return err({ code: 'window_over', until })
  const most = Math.min(facts.terms.refundsAtMost, HIGHEST_REFUND)
  if (facts.numbersUsed >= most) return err({ code: 'too_many_refunds', most })
  const rest = refundRest(facts)
  return wish.by === 'amount' ? byAmount(rest, wish.amount) : byLines(facts, rest, wish)
}

/** A sum without goods is taken from what was paid for goods first. */
function byAmount(rest: Rest, amount: Fen): Result<RefundPlan, RefundRefusal> {
  if (amount <= 0n) return err({ code: 'malformed' })
  if (amount > rest.amount) return err({ code: 'over_rest', left: rest.amount })
  const goods = amount < rest.goods ? amount : rest.goods
  return ok({
    amount,
    goods,
    discount: ZERO_FEN,
    shipping: subtractFen(amount, goods),
    lines: [],
    restock: false,
    everything: amount === rest.amount,
  })
}

function byLines(
  facts: RefundFacts,
  rest: Rest,
  { lines: wanted, shipping, restock }: Extract<RefundWish, { by: 'lines' }>,
): Result<RefundPlan, RefundRefusal> {
  if (wanted.length === 0 && shipping === 0n) return err({ code: 'nothing_wanted' })
  const refused = checkLines(facts, rest, wanted, restock)
  if (refused) return err(refused)
  if (shipping < 0n) return err({ code: 'malformed' })
  if (shipping > rest.shipping) return err({ code: 'over_shipping', left: rest.shipping })

  const { worth, discount } = worthOfLines(rest, wanted)
  // A sum that went back without goods made the rest smaller than the goods are worth.
  // biome-ignore lint/complexity/useMathMinMax: there is no Math for bigint
  const goods = worth < rest.goods ? worth : rest.goods
  const amount = addFen(goods, shipping)
  if (amount === 0n) return err({ code: 'over_rest', left: rest.amount })
  const everything = amount === rest.amount
  return ok({ amount, goods, discount, shipping, lines: wanted, restock, everything })
}

function checkLines(
  { restocked }: RefundFacts,
  rest: Rest,
  wanted: readonly LineUnits[],
  restock: boolean,
): RefundRefusal | null {
  if (new Set(wanted.map(({ position }) => position)).size < wanted.length) return { code: 'malformed' }
  for (const { position, quantity } of wanted) {
    const line = rest.lines.find((candidate) => candidate.position === position)
    if (!line || !Number.isSafeInteger(quantity) || quantity < 1) return { code: 'malformed' }
    const left = line.quantity - line.back
    if (quantity > left) return { code: 'over_quantity', position, left }
    const unstocked = line.quantity - (restocked.get(position) ?? 0)
    if (restock && quantity > unstocked) return { code: 'restocked_before', position, left: unstocked }
  }
  return null
}

function worthOfLines(rest: Rest, wanted: readonly LineUnits[]) {
  const worths = rest.lines.flatMap((line) => {
    const quantity = wanted.find(({ position }) => position === line.position)?.quantity
    return quantity ? [worthOfUnits(line, line.back, quantity)] : []
  })
  const worth = sumFen(worths.map(({ net }) => net))
  const gross = sumFen(worths.map((line) => line.gross))
  return { worth, discount: toFen(gross - worth) }
}
