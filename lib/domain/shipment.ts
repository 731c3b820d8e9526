import { err, ok, type Result } from '../result.ts'
import type { LineUnits } from './decide-refund.ts'
import type { FulfilmentEvent, FulfilmentState } from './fulfilment-state.ts'

/** Where the units of one line of an order are. */
export type LineOnTheWay = {
  readonly position: number
  readonly ordered: number
  /** In parcels that were not undone. */
  readonly sent: number
  /** Paid back before they were sent, so that they stay here. */
  readonly forgone: number
  /** Sent, and with us again. */
  readonly cameBack: number
  /** Not sent, and somebody asked not to be sent them: nobody packs them until that is answered. */
  readonly askedBack: number
}

/** Units that are owed and not on their way yet. */
export const unitsToSend = ({ ordered, sent, forgone }: Pick<LineOnTheWay, 'ordered' | 'sent' | 'forgone'>): number =>
  ordered - sent - forgone

/** Of units that are paid back, those that need not be sent now: a unit that is still here is given up first. */
export const unitsGivenUp = (line: Pick<LineOnTheWay, 'ordered' | 'sent' | 'forgone'>, quantity: number): number =>
  Math.max(0, Math.min(quantity, unitsToSend(line)))

export type ShipmentRefusal =
  | { readonly code: 'nothing_wanted' }
  /** A line that the order has not, one named twice, or a quantity that is no positive number. */
  | { readonly code: 'malformed' }
  | { readonly code: 'nothing_left' }
  | { readonly code: 'over_quantity'; readonly position: number; readonly left: number }
  /** The shopper asked not to be sent these units, and waits for an answer. */
  | { readonly code: 'asked_back'; readonly position: number; readonly left: number }

/**
 * The units that go into a parcel.
 * @param wanted units by line; `'rest'` for all that is left to be sent.
 */
export function decideShipment(
  lines: readonly LineOnTheWay[],
  wanted: readonly LineUnits[] | 'rest',
): Result<readonly LineUnits[], ShipmentRefusal> {
  const left = lines.map((line) => ({ position: line.position, quantity: unitsToSend(line) }))
  if (left.every(({ quantity }) => quantity <= 0)) return err({ code: 'nothing_left' })
  const units = wanted === 'rest' ? left.filter(({ quantity }) => quantity > 0) : wanted
  if (units.length === 0) return err({ code: 'nothing_wanted' })
  if (new Set(units.map(({ position }) => position)).size < units.length) return err({ code: 'malformed' })
  for (const { position, quantity } of units) {
    const line = lines.find((candidate) => candidate.position === position)
    if (!line || !Number.isSafeInteger(quantity) || quantity < 1) return err({ code: 'malformed' })
    const toSend = unitsToSend(line)
    if (quantity > toSend) return err({ code: 'over_quantity', position, left: Math.max(0, toSend) })
    const free = Math.max(0, toSend - line.askedBack)
    if (quantity > free) return err({ code: 'asked_back', position, left: free })
  }
  return ok(units)
}

/** Where the goods of an order are, as its lines and parcels tell it. */
export function fulfilmentOf(
  lines: readonly Pick<LineOnTheWay, 'ordered' | 'sent' | 'forgone' | 'cameBack'>[],
  parcels: readonly { readonly delivered: boolean }[],
): FulfilmentState {
  if (lines.every(({ sent }) => sent === 0)) return 'unfulfilled'
  if (lines.some((line) => unitsToSend(line) > 0)) return 'partial'
  if (lines.every(({ sent, cameBack }) => cameBack >= sent)) return 'returned'
  return parcels.every(({ delivered }) => delivered) ? 'delivered' : 'shipped'
}

/** How long a parcel that went out by mistake can be taken back into the house; its mail waits for that long. */
export const UNDO_MINUTES = 10
export const undoUntil = (shippedAt: Date): Date => new Date(shippedAt.getTime() + UNDO_MINUTES * 60_000)

/** What moved the goods of an order, or the money for them. */
export type FulfilmentCause = 'shipped' | 'undone' | 'delivered' | 'money' | 'came_back'

/** The events by which the fulfilment goes from one state to the one that lines and parcels tell; none where nothing is to be said. */
export function fulfilmentEvents(
  from: FulfilmentState,
  to: FulfilmentState,
  cause: FulfilmentCause,
): readonly FulfilmentEvent[] {
  if (cause === 'shipped') return [to === 'partial' ? 'shipped_in_part' : 'shipped_in_full']
  if (cause === 'undone') return [to === 'partial' ? 'shipment_undone' : 'all_shipments_undone']
  if (cause === 'delivered' && from === to) return from === 'returned' ? [] : ['delivered_in_part']
  if (from === to) return []
  if (to === 'partial') return ['rest_owed_again']
  const first = from === 'partial' ? (['rest_given_up'] as const) : []
  return to === 'delivered' || to === 'returned' ? [...first, to] : first
}
