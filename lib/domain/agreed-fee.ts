import { type Fen, toFen } from './money.ts'

const ONE_FEN = toFen(1n)

/**
 * Whether a provider took what was agreed: the share of the amount, half a fen rounded up, and one fen more or less,
 * since no contract says how it rounds. What is given back with a refund lies between nothing and all of it.
 * @param basisPoints hundredths of a percent; null when nothing was agreed, so that anything goes.
 */
export function isAgreedFee(
  kind: 'payment' | 'refund',
  { amount, fee }: { readonly amount: Fen; readonly fee: Fen },
  basisPoints: number | null,
): boolean {
  if (basisPoints === null) return true
  const agreed = (amount * BigInt(basisPoints) + 5_000n) / 10_000n
  const [least, most] = kind === 'payment' ? [agreed - ONE_FEN, agreed + ONE_FEN] : [-agreed - ONE_FEN, 0n]
  return fee >= least && fee <= most
}
