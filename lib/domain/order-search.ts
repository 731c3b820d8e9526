import { asksNothing, parseSearchQuery, type SearchQuery } from './search-query.ts'

/**
 * What somebody who looks for an order may have typed, each reading by itself; null where it can't be that. The same
 * digits can be a telephone number, the beginning of an order's number and a provider's: all of them are looked up.
 */
export type OrderSearch = {
  /** The beginning of an order's number, also of a longer one made from it, such as a payment's or a refund's. */
  readonly number: string | null
  /** The beginning of the number that a provider gave to a payment. */
  readonly tradeNo: string | null
  /** Digits, of a telephone number the first or the last ones. */
  readonly phone: string | null
  /** The beginning of an e-mail address, in lower case. */
  readonly email: string | null
  /** Words of a recipient's name, or of a piece. */
  readonly words: SearchQuery | null
  /** The beginning of a SKU. */
  readonly sku: string | null
}

const ORDER_NUMBER_LENGTH = 19
const NUMBER_AT_LEAST = 6
const PHONE_AT_LEAST = 4
const TRADE_NO_AT_LEAST = 8
const LETTERS_AT_LEAST = 2

const NUMBER = /^\d\d(0[1-9]|1[0-2])\d\d[0-9A-Z]*$/
const EMAIL = /^[^\s@]+(@[^\s@]*)?$/
const SKU = /^[A-Z]{2,}[A-Z0-9-]*$/

/** Null for what is too short to be looked for. */
export function parseOrderSearch(typed: string): OrderSearch | null {
  const query = parseSearchQuery(typed)
  const compact = query.text.replaceAll(/[\s-]/g, '').toUpperCase()
  const digits = /^\+?[\d\s()./-]+$/.test(query.text) ? query.text.replaceAll(/\D/g, '') : ''
  const hasLetters = /\p{L}/u.test(query.text)
  const latinEnough = query.words.some((word) => word.length >= LETTERS_AT_LEAST && /[a-z]/.test(word))
  // At some providers of mail people are called by a number.
  const mailable = latinEnough || query.text.length >= PHONE_AT_LEAST
  const search: OrderSearch = {
    number: compact.length >= NUMBER_AT_LEAST && NUMBER.test(compact) ? compact.slice(0, ORDER_NUMBER_LENGTH) : null,
    tradeNo: digits.length >= TRADE_NO_AT_LEAST ? digits : null,
    phone: digits.length >= PHONE_AT_LEAST ? digits : null,
    email: mailable && EMAIL.test(query.text) ? query.text.toLowerCase() : null,
    words: hasLetters && !asksNothing(query) && (latinEnough || query.han.length > 0) ? query : null,
    sku: SKU.test(query.text.toUpperCase()) ? query.text.toUpperCase() : null,
  }
  return Object.values(search).every((reading) => reading === null) ? null : search
}

/** Past every text that begins with `prefix`, where texts are compared byte by byte. */
export const afterPrefix = (prefix: string): string => `${prefix}\u{10ffff}`
