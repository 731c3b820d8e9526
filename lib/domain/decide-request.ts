import { err, ok, type Result } from '../result.ts'
import type { AfterSaleKind } from './after-sale-request.ts'
import type { LineUnits } from './decide-refund.ts'
import type { OrderState } from './order-state.ts'
import { type LineOnTheWay, unitsToSend } from './shipment.ts'

/** How long after the last parcel arrived a shopper can ask for pieces to be taken back. */
export const RETURN_DAYS = 30
const DAY_MS = 86_400_000

/** A line with what of it was sent and is asked back, or paid back, by any request that stands. */
export type LineForRequest = LineOnTheWay & { readonly sentAsked: number }

export type RequestFacts = {
  readonly state: OrderState
  readonly lines: readonly LineForRequest[]
  /** When the last parcel arrived; null while one is on its way, or none was sent. */
  readonly arrivedAt: Date | null
}

export type RequestRefusal =
  | { readonly code: 'nothing_wanted' }
  /** A line that the order has not, one named twice, or a quantity that is no positive number. */
  | { readonly code: 'malformed' }
  /** It is not paid, or has ended. */
  | { readonly code: 'not_confirmed' }
  | { readonly code: 'over_quantity'; readonly position: number; readonly left: number }
  | { readonly code: 'return_over'; readonly until: Date }

/** Until when pieces can be sent back; null while nothing says that they arrived. */
export const returnUntil = ({ arrivedAt }: Pick<RequestFacts, 'arrivedAt'>): Date | null =>
  arrivedAt && new Date(arrivedAt.getTime() + RETURN_DAYS * DAY_MS)

/** The units of a line that can be asked for in this way: what is not sent can be cancelled, what was sent comes back. */
export function unitsToAsk(line: LineForRequest, kind: AfterSaleKind): number {
  const units = kind === 'cancellation' ? unitsToSend(line) - line.askedBack : line.sent - line.sentAsked
  return Math.max(0, units)
}

const isOver = (facts: RequestFacts, now: Date): Date | null => {
  const until = returnUntil(facts)
  return until && now > until ? until : null
}

/** What a shopper can ask for at all, by now. */
export const kindsToAsk = (
  facts: RequestFacts,
  kinds: readonly AfterSaleKind[],
  now: Date,
): readonly AfterSaleKind[] =>
  facts.state === 'confirmed' || facts.state === 'completed'
    ? kinds.filter(
        (kind) =>
          (kind === 'cancellation' || !isOver(facts, now)) && facts.lines.some((line) => unitsToAsk(line, kind) > 0),
      )
    : []

/** Whether a shopper can ask for this. What becomes of it is for staff to say. */
export function decideRequest(
  facts: RequestFacts,
  { kind, lines: wanted }: { readonly kind: AfterSaleKind; readonly lines: readonly LineUnits[] },
  now: Date,
): Result<readonly LineUnits[], RequestRefusal> {
  if (facts.state !== 'confirmed' && facts.state !== 'completed') return err({ code: 'not_confirmed' })
  if (wanted.length === 0) return err({ code: 'nothing_wanted' })
  if (new Set(wanted.map(({ position }) => position)).size < wanted.length) return err({ code: 'malformed' })
  const until = kind === 'cancellation' ? null : isOver(facts, now)
  if (until) return err({ code: 'return_over', until })
  for (const { position, quantity } of wanted) {
    const line = facts.lines.find((candidate) => candidate.position === position)
    if (!line || !Number.isSafeInteger(quantity) || quantity < 1) return err({ code: 'malformed' })
    const left = unitsToAsk(line, kind)
    if (quantity > left) return err({ code: 'over_quantity', position, left })
  }
  return ok(wanted)
}
