declare const orderNumber: unique symbol

/** `261121` + twelve random characters + a check character: what a shopper reads out and what providers are told. */
export type OrderNumber = string & { readonly [orderNumber]: true }

/**
 * 23 letters and digits no two of which look alike (no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V). A prime number of them, so that
 * the check character below finds every single wrong character and every two that changed places.
 */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY'
const BASE = ALPHABET.length
const RANDOM_CHARACTERS = 12
const SHAPE = new RegExp(`^\\d{6}[${ALPHABET}]{${RANDOM_CHARACTERS + 1}}$`)
/** China has had no daylight saving time since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** Bytes of chance that `makeOrderNumber` takes: more than it shows, so that no character is likelier than another. */
export const ORDER_NUMBER_BYTES = 10

/**
 * A new order number: the day in China, 54 random bits, a check character.
 * Only `0-9A-Z` and 19 characters, which every provider takes as a merchant order number.
 * @param placedAt when the order is placed; the day is that of Asia/Shanghai.
 * @param random {@link ORDER_NUMBER_BYTES} bytes from a cryptographic source.
 * @throws {RangeError} when there are not that many bytes.
 */
export function makeOrderNumber(placedAt: Date, random: Uint8Array): OrderNumber {
  if (random.length !== ORDER_NUMBER_BYTES) throw new RangeError(`order number from ${random.length} random bytes`)
  let rest = random.reduce((value, byte) => value * 256n + BigInt(byte), 0n)
  let body = dayInChina(placedAt)
  for (let place = 0; place < RANDOM_CHARACTERS; place++) {
    body += ALPHABET.charAt(Number(rest % BigInt(BASE)))
    rest /= BigInt(BASE)
  }
  return `${body}${checkCharacter(body)}` as OrderNumber
}

/** What a person typed, as an order number: any case, blanks and hyphens allowed. Null when a character is wrong. */
export function parseOrderNumber(typed: string): OrderNumber | null {
  const text = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return SHAPE.test(text) && checkCharacter(text.slice(0, -1)) === text.at(-1) ? (text as OrderNumber) : null
}

/**
 * How many attempts to pay one order can have. The provider knows each by the order's number and two digits
 * (`out_trade_no`), so that a number on somebody's receipt leads to the order.
 */
export const HIGHEST_ATTEMPT = 99

const dayInChina = (at: Date) =>
  new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(2, 10).replaceAll('-', '')

/** Each place weighs differently, modulo a prime: one wrong character or two exchanged ones always show. */
function checkCharacter(body: string): string {
  let sum = 0
  for (const [place, character] of [...body].entries()) {
    const value = place < 6 ? Number(character) : ALPHABET.indexOf(character)
    sum += value * (place + 1)
  }
  return ALPHABET.charAt(sum % BASE)
}
