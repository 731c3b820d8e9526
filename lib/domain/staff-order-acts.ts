import type { FulfilmentState } from './fulfilment-state.ts'
import type { Fen } from './money.ts'
import type { OrderState } from './order-state.ts'
import { mayDo, type Permission, type Role } from './permissions.ts'

export const STAFF_ORDER_ACTS = [
  'ship',
  'refund',
  'hold',
  'cancel',
  'edit_address',
  'query',
  'note',
  'resend_mail',
] as const
export type StaffOrderAct = (typeof STAFF_ORDER_ACTS)[number]

export type StaffActFacts = {
  readonly state: OrderState
  readonly fulfilment: FulfilmentState
  /** Paid and neither given back nor promised back. */
  readonly kept: Fen
  readonly attempts: number
  readonly mails: number
  /** False once it was erased. */
  readonly hasAddress: boolean
  /** Somebody should look at it before it is sent. */
  readonly isHeld: boolean
}

export const ACT_HINDRANCES = [
  'not_permitted',
  'not_paid',
  'paid',
  'ended',
  'all_sent',
  'nothing_kept',
  'address_erased',
  'held',
  'nothing_to_ask',
  'no_mails',
] as const
export type ActHindrance = (typeof ACT_HINDRANCES)[number]

type Hinders = readonly (readonly [ActHindrance, (facts: StaffActFacts) => boolean])[]

const isEnded = ({ state }: StaffActFacts) => state === 'cancelled' || state === 'expired'
const isUnpaid = ({ state }: StaffActFacts) => state === 'pending_payment'
const isPaid = ({ state }: StaffActFacts) => state === 'confirmed' || state === 'completed'
const isSent = ({ fulfilment }: StaffActFacts) => fulfilment !== 'unfulfilled' && fulfilment !== 'partial'
const isErased = ({ hasAddress }: StaffActFacts) => !hasAddress

/** What staff can do with an order, what they must be allowed for it, and what stands in its way; the first counts. */
const ACTS: Readonly<Record<StaffOrderAct, { readonly permission: Permission; readonly hinders: Hinders }>> = {
  ship: {
    permission: 'orders.ship',
    hinders: [
      ['ended', isEnded],
      ['not_paid', isUnpaid],
      ['all_sent', isSent],
      ['address_erased', isErased],
      ['held', ({ isHeld }) => isHeld],
    ],
  },
  refund: {
    permission: 'refunds.request',
    hinders: [
      ['not_paid', (facts) => facts.kept <= 0n && isUnpaid(facts)],
      ['nothing_kept', ({ kept }) => kept <= 0n],
    ],
  },
  hold: {
    permission: 'incidents.work',
    hinders: [
      ['ended', isEnded],
      ['all_sent', isSent],
      ['held', ({ isHeld }) => isHeld],
    ],
  },
  cancel: {
    permission: 'orders.cancel',
    hinders: [
      ['ended', isEnded],
      ['paid', isPaid],
    ],
  },
  edit_address: {
    permission: 'orders.ship',
    hinders: [
      ['ended', isEnded],
      ['all_sent', isSent],
      ['address_erased', isErased],
    ],
  },
  query: { permission: 'payments.read', hinders: [['nothing_to_ask', ({ attempts }) => attempts === 0]] },
  note: { permission: 'orders.note', hinders: [] },
  resend_mail: { permission: 'orders.note', hinders: [['no_mails', ({ mails }) => mails === 0]] },
}

/** What keeps somebody of these roles from an act; null when nothing does. Whoever acts is asked again under the lock. */
export function hindranceOf(act: StaffOrderAct, facts: StaffActFacts, roles: readonly Role[]): ActHindrance | null {
  const { permission, hinders } = ACTS[act]
  if (!mayDo(roles, permission)) return 'not_permitted'
  return hinders.find(([, holds]) => holds(facts))?.[0] ?? null
}
