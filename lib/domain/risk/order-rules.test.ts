import { expect, test } from 'vitest'
import { toFen } from '../money.ts'
import { HOLD_REASONS, type HoldReason, judgeOrder, type OrderRiskFacts } from './order-rules.ts'

/** A good customer on a busy day, just below where habit ends. */
const USUAL: OrderRiskFacts = {
  total: toFen(600_000n),
  mostOfOnePiece: 39,
  toAddress: { orders: 30, phones: 3, mailboxes: 3 },
  unpaidBefore: 5,
  failedAttempts: 4,
  habit: { orders: 1_000, usualMost: toFen(200_000n) },
}

test('a usual order is not held', () => {
  expect(judgeOrder(USUAL)).toEqual({})
})

const held: [reason: HoldReason, facts: Partial<OrderRiskFacts>][] = [
  ['many_to_one_address', { toAddress: { orders: 6, phones: 4, mailboxes: 1 } }],
  ['many_to_one_address', { toAddress: { orders: 6, phones: 1, mailboxes: 4 } }],
  ['many_unpaid_before', { unpaidBefore: 6 }],
  ['many_failed_attempts', { failedAttempts: 5 }],
  ['amount_above_habit', { total: toFen(600_001n) }],
  ['many_of_one_piece', { mostOfOnePiece: 40 }],
]
test.each(held)('%s: %o', (reason, facts) => {
  expect(Object.keys(judgeOrder({ ...USUAL, ...facts }))).toEqual([reason])
})

test('each reason is shown above', () => {
  expect(new Set(held.map(([reason]) => reason))).toEqual(new Set(HOLD_REASONS))
})

test.each([
  ['a young shop has no habit', { habit: { orders: 49, usualMost: toFen(1_000n) } }],
  ['a large order of a shop with small ones', { total: toFen(299_999n), habit: { orders: 999, usualMost: toFen(1n) } }],
  ['a family at one address', { toAddress: { orders: 5, phones: 5, mailboxes: 5 } }],
])('%s', (_name, facts) => {
  expect(judgeOrder({ ...USUAL, ...facts })).toEqual({})
})
