declare const fen: unique symbol

/** Chinese yuan in fen (1 CNY = 100 fen). Always an integer, never a float. */
export type Fen = bigint & { readonly [fen]: true }

export const toFen = (amount: bigint): Fen => amount as Fen
export const ZERO_FEN = toFen(0n)
export const addFen = (a: Fen, b: Fen): Fen => toFen(a + b)
export const subtractFen = (a: Fen, b: Fen): Fen => toFen(a - b)

/** The price of `quantity` units. `quantity` must be a safe integer; anything else throws a RangeError. */
export const timesFen = (unit: Fen, quantity: number): Fen => toFen(unit * BigInt(quantity))

export const sumFen = (amounts: Iterable<Fen>): Fen => {
  let total = 0n
  for (const amount of amounts) total += amount
  return toFen(total)
}

const YUAN = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/

/** `"12.3"` → `1230n`. Null for what no gateway should send: a sign, an exponent, three decimals. */
export function parseYuan(text: string): Fen | null {
  const [, yuan, fraction = ''] = YUAN.exec(text) ?? []
  return yuan === undefined ? null : toFen(BigInt(yuan) * 100n + BigInt(fraction.padEnd(2, '0')))
}

/** `1230n` → `"12.30"`, the form that Alipay and the bills use. Keeps the sign of a negative amount. */
export function toYuan(amount: Fen): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
