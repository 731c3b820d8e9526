import { randomInt } from 'node:crypto'

/** The only source of chance in the sandbox: numbers of trades and notifications, and whether a random fault strikes. */
export interface Ids {
  /** Decimal digits, leading zeros included. */
  digits(length: number): string
  /** Lower-case letters and digits without look-alikes. */
  token(length: number): string
  /** 0 ≤ x < 1 */
  chance(): number
}

const TOKEN_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

function idsFrom(below: (limit: number) => number): Ids {
  const draw = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join('')
  return {
    digits: (length) => draw('0123456789', length),
    token: (length) => draw(TOKEN_ALPHABET, length),
    chance: () => below(2 ** 32) / 2 ** 32,
  }
}

export const randomIds = (): Ids => idsFrom((limit) => randomInt(limit))

/** The same seed gives the same numbers in the same order (mulberry32). For a fresh book only: a used one holds them already. */
export function seededIds(seed: number): Ids {
  let state = seed >>> 0
  return idsFrom((limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  })
}
