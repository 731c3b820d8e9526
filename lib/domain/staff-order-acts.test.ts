import { expect, test } from 'vitest'
import { toFen, ZERO_FEN } from './money.ts'
import { ROLES } from './permissions.ts'
import {
  type ActHindrance,
  hindranceOf,
  STAFF_ORDER_ACTS,
  type StaffActFacts,
  type StaffOrderAct,
} from './staff-order-acts.ts'

const paid: StaffActFacts = {
  state: 'confirmed',
  fulfilment: 'unfulfilled',
  kept: toFen(100n),
  attempts: 1,
  mails: 2,
  hasAddress: true,
  isHeld: false,
}
const unpaid: StaffActFacts = { ...paid, state: 'pending_payment', kept: ZERO_FEN }

const table: [act: StaffOrderAct, facts: StaffActFacts, hindrance: ActHindrance | null][] = [
  ['ship', paid, null],
  ['ship', { ...paid, fulfilment: 'partial' }, null],
  ['ship', { ...paid, fulfilment: 'shipped' }, 'all_sent'],
  ['ship', unpaid, 'not_paid'],
  ['ship', { ...paid, hasAddress: false }, 'address_erased'],
  ['ship', { ...paid, isHeld: true }, 'held'],
  ['ship', { ...paid, state: 'cancelled' }, 'ended'],
  ['refund', paid, null],
  ['refund', { ...paid, state: 'cancelled' }, null], // money kept on a dead order must be able to go back
  ['refund', { ...paid, kept: ZERO_FEN }, 'nothing_kept'],
  ['refund', unpaid, 'not_paid'],
  ['cancel', unpaid, null],
  ['cancel', paid, 'paid'],
  ['cancel', { ...paid, state: 'completed' }, 'paid'],
  ['cancel', { ...unpaid, state: 'expired' }, 'ended'],
  ['edit_address', unpaid, null],
  ['edit_address', paid, null],
  ['edit_address', { ...paid, fulfilment: 'delivered' }, 'all_sent'],
  ['edit_address', { ...paid, hasAddress: false }, 'address_erased'],
  ['query', paid, null],
  ['query', { ...unpaid, attempts: 0 }, 'nothing_to_ask'],
  ['note', { ...unpaid, state: 'expired' }, null],
  ['resend_mail', { ...paid, mails: 0 }, 'no_mails'],
]
test.each(table)('%s, row %#', (act, facts, hindrance) => {
  expect(hindranceOf(act, facts, ['owner'])).toBe(hindrance)
})

test('who may do what with an order that stands in nobody’s way', () => {
  const may = (act: StaffOrderAct) =>
    ROLES.filter((role) => hindranceOf(act, act === 'cancel' ? unpaid : paid, [role]) === null).join(' ')
  expect(Object.fromEntries(STAFF_ORDER_ACTS.map((act) => [act, may(act)]))).toEqual({
    ship: 'owner orders',
    refund: 'owner finance orders',
    hold: 'owner finance orders',
    cancel: 'owner orders',
    edit_address: 'owner orders',
    query: 'owner finance auditor',
    note: 'owner finance orders support',
    resend_mail: 'owner finance orders support',
  })
})

test('a role that is not there is the first thing in the way, so that nobody learns a state by trying', () => {
  for (const act of STAFF_ORDER_ACTS) expect(hindranceOf(act, unpaid, [])).toBe('not_permitted')
})
