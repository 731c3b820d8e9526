import type { CrashPoint } from '../../lib/crash-point.ts'
import type { AfterSaleKind } from '../../lib/domain/after-sale-request.ts'
import type { LineFault } from '../platform/turn-socket.ts'

/** Who pays how: the words of `offeredMethods()`. */
export type MethodId = string

/**
 * One thing that somebody does or that goes wrong. Shoppers and orders are counted from 0; what an act is about may not
 * be there (not placed, not started): then it does nothing, so that a story stays a story when acts are left out.
 */
export type Act =
  /** Places the shopper's order, with a discount code or none; `clicks` at once, all with the same request. */
  | {
      readonly kind: 'place'
      readonly shopper: number
      readonly lines: readonly Line[]
      readonly code: string | null
      readonly clicks: number
    }
  /** Chooses a way to pay; `clicks` at once. */
  | { readonly kind: 'start'; readonly shopper: number; readonly method: MethodId; readonly clicks: number }
  /** Pays on the page or with the code that the last `start` by that way has led to. */
  | { readonly kind: 'pay'; readonly shopper: number; readonly method: MethodId }
  /** Comes back from the provider's page with what it sent along. */
  | { readonly kind: 'return'; readonly shopper: number; readonly method: MethodId }
  | { readonly kind: 'cancel'; readonly shopper: number }
  /** The next `times` fitting calls or messages of a gateway go wrong in this way. */
  | {
      readonly kind: 'fault'
      readonly gateway: string
      readonly point: 'api' | 'notify'
      readonly fault: string
      readonly times: number
      readonly value?: number
    }
  /** The process dies when it comes to this point for the `nth` time from now. */
  | { readonly kind: 'crash'; readonly point: CrashPoint; readonly nth: number }
  /** The shop's `nth` statement from now meets a line that breaks (before or after it had its effect), or a deadlock. */
  | { readonly kind: 'line'; readonly fault: LineFault['fault']; readonly nth: number }
  /** Staff give money back: so many people at once, each clicking so often. */
  | {
      readonly kind: 'refund'
      readonly shopper: number
      readonly wish: RefundWishKind
      readonly people: number
      readonly clicks: number
    }
  | GoodsAct
  | AfterSaleAct
  /** From now on the worker does what it does once a day: bills, figures, seals, parcels that must have arrived. */
  | { readonly kind: 'books' }
  /** Nobody works off jobs for so long. */
  | { readonly kind: 'worker_away'; readonly minutes: number }
  /** A message that the gateway sent before arrives once more, whatever became of it. */
  | { readonly kind: 'replay'; readonly message: number }

/** What happens to the goods of an order. */
export type GoodsAct =
  /** Staff send them: so many people at once, each with a parcel of their own and clicking so often. */
  | {
      readonly kind: 'ship'
      readonly shopper: number
      readonly part: 'first_unit' | 'rest'
      readonly people: number
      readonly clicks: number
    }
  /** The last parcel did not leave the house. */
  | { readonly kind: 'undo'; readonly shopper: number }
  /** Staff note that the last parcel arrived. */
  | { readonly kind: 'arrive'; readonly shopper: number }
  /** The shopper says that all is there. */
  | { readonly kind: 'confirm'; readonly shopper: number }

/** What a shopper asks for after the sale, and what becomes of it. */
export type AfterSaleAct =
  | { readonly kind: 'ask'; readonly shopper: number; readonly wish: AfterSaleKind; readonly clicks: number }
  | { readonly kind: 'withdraw'; readonly shopper: number }
  /** Staff answer the last request; of two people at once the second says the opposite. */
  | {
      readonly kind: 'answer'
      readonly shopper: number
      readonly verdict: 'approved' | 'declined'
      readonly people: number
    }
  /** What was asked to come back is there, and goes on the shelf or not. */
  | { readonly kind: 'take_in'; readonly shopper: number; readonly restock: boolean }
  /** Staff give back what the last request is worth, so many people at once; a second one agrees where that is needed. */
  | { readonly kind: 'pay_out'; readonly shopper: number; readonly people: number }

export const REFUND_WISHES = ['first_line', 'sixty_percent', 'everything'] as const
export type RefundWishKind = (typeof REFUND_WISHES)[number]

export type Line = { readonly piece: number; readonly quantity: number }

/** What happens in one moment; more than one act happens at once. */
export type Moment = { readonly atMs: number; readonly acts: readonly Act[] }

/** One moment as a line for people. */
export function tellMoment({ atMs, acts }: Moment): string {
  const minutes = Math.floor(atMs / 60_000)
  const clock = `${Math.floor(minutes / 1440)}d ${pad((minutes % 1440) / 60)}:${pad(minutes % 60)}:${pad((atMs / 1000) % 60)}`
  return `${clock}  ${acts.map(tellAct).join('  ∥  ')}`
}

const pad = (value: number) => String(Math.floor(value)).padStart(2, '0')

function tellAct({ kind, ...rest }: Act): string {
  const words = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  )
  return [kind, ...words].join(' ')
}
