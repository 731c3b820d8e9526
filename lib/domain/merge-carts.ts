import type { Fen } from './money.ts'
import { MAX_LINES, MAX_QUANTITY } from './pricing.ts'

export type MergeLine = {
  readonly variantId: number
  readonly quantity: number
  readonly priceSeen: Fen
  readonly addedAt: Date
}

/**
 * What is in the cart of somebody who signs in: each piece of the browser's cart and of the one they left in their
 * account, once. A piece in both has the greater of the two numbers, never the sum: who puts a bowl into the cart on the
 * phone and again at the desk wants one bowl, and signing in twice changes nothing. The price last seen is that of the
 * line put there later. Where it is more than a cart holds, what was put there first goes.
 */
export function mergeCarts(browser: readonly MergeLine[], kept: readonly MergeLine[]): readonly MergeLine[] {
  const merged = new Map<number, MergeLine>()
  for (const line of [...kept, ...browser]) {
    const other = merged.get(line.variantId)
    merged.set(line.variantId, other ? mergeLines(other, line) : line)
  }
  return [...merged.values()].sort(latestFirst).slice(0, MAX_LINES)
}

function mergeLines(one: MergeLine, other: MergeLine): MergeLine {
  const later = latestFirst(one, other) <= 0 ? one : other
  return { ...later, quantity: Math.min(MAX_QUANTITY, Math.max(one.quantity, other.quantity)) }
}

/** At the same instant the lower price counts as the later one, so that the order of two carts makes no difference. */
const latestFirst = (a: MergeLine, b: MergeLine): number =>
  b.addedAt.getTime() - a.addedAt.getTime() || a.variantId - b.variantId || Number(a.priceSeen - b.priceSeen)
