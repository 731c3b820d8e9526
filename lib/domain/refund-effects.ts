import type { LineUnits, RefundPlan } from './decide-refund.ts'
import { type Entry, entriesOf, type Journal } from './journal.ts'
import { addFen, type Fen } from './money.ts'
import { nextOrderState, type OrderState } from './order-state.ts'
import { type LineOnTheWay, unitsGivenUp } from './shipment.ts'

/** Units that a refund gives back, and where they are. */
export type PlacedUnits = LineUnits & {
  /** Of them, those that are still here and will not be sent. */
  readonly unsent: number
  /** Of them, those that were sent and are with us again. */
  readonly cameBack: number
  /** Whether they go back on the shelf. */
  readonly restocked: boolean
}

/** Where the units of a refund are: what is still here is given up first, what is restocked came back. */
export const placeUnits = (
  goods: readonly LineOnTheWay[],
  { lines, restock }: Pick<RefundPlan, 'lines' | 'restock'>,
): readonly PlacedUnits[] =>
  lines.map(({ position, quantity }) => {
    const line = goods.find((candidate) => candidate.position === position)
    const unsent = line ? unitsGivenUp(line, quantity) : 0
    return { position, quantity, unsent, cameBack: restock ? quantity - unsent : 0, restocked: restock }
  })

/** How a promise to give money back for an order is booked. */
export const promisedJournal = ({ goods, discount, shipping }: Pick<RefundPlan, 'goods' | 'discount' | 'shipping'>) =>
  ({
    kind: 'refund_requested',
    parts: { subtotal: addFen(goods, discount), discount, shipping },
  }) as const satisfies Journal

/** True when nobody must pack the order any more: all of its money goes back, and nothing of it was sent. */
export const cancelsOrder = (
  { everything }: Pick<RefundPlan, 'everything'>,
  order: { readonly state: OrderState; readonly fulfilment: string },
): boolean => everything && order.fulfilment === 'unfulfilled' && nextOrderState(order.state, 'cancelled') !== null

/** All that a refund does, before it is done. */
export type RefundEffects = {
  readonly amount: Fen
  readonly units: readonly PlacedUnits[]
  readonly entries: readonly Entry[]
  readonly cancelsOrder: boolean
}

/** What a refund would do: the same rules that carry it out. */
export const refundEffects = (
  plan: RefundPlan,
  { goods, order }: { goods: readonly LineOnTheWay[]; order: { state: OrderState; fulfilment: string } },
): RefundEffects => ({
  amount: plan.amount,
  units: placeUnits(goods, plan),
  entries: entriesOf(promisedJournal(plan)),
  cancelsOrder: cancelsOrder(plan, order),
})

/** True when a second person has to agree: by now more of the order would have gone back than one may decide alone. */
export const needsSecondPerson = (amount: Fen, before: Fen, limit: Fen): boolean => addFen(amount, before) > limit
