import { expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { formatPrice } from './format-price.ts'

test.each([
  ['en', 46_800n, '¥468.00'],
  ['zh', 46_800n, '¥468.00'],
  ['fr', 46_800n, '468,00\u00a0¥'],
  ['fr', 128_000n, '1\u202f280,00\u00a0¥'],
  ['en', 9_007_199_254_740_993n, '¥90,071,992,547,409.93'],
  ['en', 1n, '¥0.01'],
] as const)('%s %s fen is %s', (locale, fen, text) => {
  expect(formatPrice(toFen(fen), locale)).toBe(text)
})
