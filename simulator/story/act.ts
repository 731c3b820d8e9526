import type { CrashPoint } from '../../lib/crash-point.ts'
import type { LineFault } from '../platform/turn-socket.ts'

/** Who pays how: the words of `offeredMethods()`. */
export type MethodId = string

/**
 * One thing that somebody does or that goes wrong. Shoppers and orders are counted from 0; what an act is about may not
 * be there (not placed, not started): then it does nothing, so that a story stays a story when acts are left out.
 */
export type Act =
  /** Places the shopper's order; `clicks` at once, all with the same request. */
  | { readonly kind: 'place'; readonly shopper: number; readonly lines: readonly Line[]; readonly clicks: number }
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
  /** Nobody works off jobs for so long. */
  | { readonly kind: 'worker_away'; readonly minutes: number }
  /** A message that the gateway sent before arrives once more, whatever became of it. */
  | { readonly kind: 'replay'; readonly message: number }

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
