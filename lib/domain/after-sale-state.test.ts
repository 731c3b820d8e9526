import { expect, test } from 'vitest'
import { type AfterSaleEvent, type AfterSaleState, nextAfterSaleState } from './after-sale-state.ts'

const table: [from: AfterSaleState, event: AfterSaleEvent, to: AfterSaleState | null][] = [
  ['requested', 'approved', 'approved'],
  ['requested', 'refund_started', null], // nobody decided yet
  ['requested', 'withdrawn', 'withdrawn'],
  ['approved', 'goods_received', 'goods_received'],
  ['approved', 'refund_started', 'refunding'],
  ['goods_received', 'withdrawn', null],
  ['goods_received', 'declined', 'declined'],
  ['refunding', 'refund_succeeded', 'refunded'],
  ['refunding', 'refund_failed', 'approved'],
  ['refunding', 'withdrawn', null], // the money is on its way
  ['refunded', 'refund_started', null],
  ['declined', 'approved', null],
]

test.each(table)('%s + %s → %s', (from, event, to) => {
  expect(nextAfterSaleState(from, event)).toBe(to)
})
