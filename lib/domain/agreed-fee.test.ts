import { expect, test } from 'vitest'
import { isAgreedFee } from './agreed-fee.ts'
import { toFen } from './money.ts'

test.each<[kind: 'payment' | 'refund', amount: bigint, fee: bigint, basisPoints: number | null, agreed: boolean]>([
  ['payment', 26_800n, 161n, 60, true],
  ['payment', 26_800n, 160n, 60, true],
  ['payment', 26_800n, 162n, 60, true],
  ['payment', 26_800n, 159n, 60, false],
  ['payment', 26_800n, 163n, 60, false],
  ['payment', 26_800n, -161n, 60, false],
  ['payment', 26_800n, 9_999n, null, true],
  ['payment', 1n, 0n, 60, true],
  ['refund', 26_800n, 0n, 60, true],
  ['refund', 26_800n, -161n, 60, true],
  ['refund', 26_800n, -162n, 60, true],
  ['refund', 26_800n, -163n, 60, false],
  ['refund', 26_800n, 1n, 60, false],
])('%s of %i: a fee of %i at %s is agreed: %s', (kind, amount, fee, basisPoints, agreed) => {
  expect(isAgreedFee(kind, { amount: toFen(amount), fee: toFen(fee) }, basisPoints)).toBe(agreed)
})
