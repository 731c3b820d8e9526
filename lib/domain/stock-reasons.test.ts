import { expect, test } from 'vitest'
import { readStockReason, STOCK_REASONS, type StockReason, stockDelta, writeStockReason } from './stock-reasons.ts'

test.each<[StockReason, number, number, number]>([
  ['received', 12, 5, 12],
  ['found', 1, 0, 1],
  ['damaged', 2, 5, -2],
  ['sent_back', 5, 5, -5],
  ['counted', 7, 5, 2],
  ['counted', 0, 5, -5],
  ['counted', 5, 5, 0],
])('%s %i with %i there changes it by %i', (reason, units, onHand, delta) => {
  expect(stockDelta(reason, units, onHand)).toBe(delta)
})

test('a reason is read as it was written, with a note that holds anything', () => {
  for (const reason of Object.keys(STOCK_REASONS) as StockReason[])
    for (const note of ['', 'chipped foot', 'kiln 3: second shelf'])
      expect(readStockReason(writeStockReason(reason, note))).toEqual({ reason, note })
  expect(readStockReason('opening_stock')).toEqual({ reason: 'opening_stock', note: '' })
})
