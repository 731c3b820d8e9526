/** Where every decision of a run comes from; the same seed gives the same decisions in the same order. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number
  /** 0 ≤ n < limit, a whole number. */
  below(limit: number): number
  /** Both ends included. */
  between(least: number, most: number): number
  happens(probability: number): boolean
  pick<T>(choices: readonly [T, ...T[]]): T
}

/** mulberry32: small, fast, and the same on every machine. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    happens: (probability) => next() < probability,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
  }
}
