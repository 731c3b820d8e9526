import { expect, test } from 'vitest'
import { type FulfilmentEvent, type FulfilmentState, nextFulfilmentState } from './fulfilment-state.ts'

const table: [from: FulfilmentState, event: FulfilmentEvent, to: FulfilmentState | null][] = [
  ['unfulfilled', 'shipped_in_part', 'partial'],
  ['unfulfilled', 'shipped_in_full', 'shipped'],
  ['unfulfilled', 'delivered', null],
  ['partial', 'shipped_in_part', 'partial'],
  ['partial', 'shipped_in_full', 'shipped'],
  ['shipped', 'delivered', 'delivered'],
  ['shipped', 'returned', 'returned'],
  ['delivered', 'returned', 'returned'],
  ['returned', 'shipped_in_full', null],
]

test.each(table)('%s + %s → %s', (from, event, to) => {
  expect(nextFulfilmentState(from, event)).toBe(to)
})
