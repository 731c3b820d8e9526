declare const couponCode: unique symbol
/** A discount code as the shop keeps it: 3 to 32 capital letters, digits, Chinese characters and hyphens. */
export type CouponCode = string & { readonly [couponCode]: true }

const CODE = /^[A-Z0-9\p{Script=Han}][A-Z0-9\p{Script=Han}-]{2,31}$/u
const SPACES = /\s+/gu
const DASHES = /\p{Dash}/gu

/**
 * What somebody typed as the code that they meant: capitals, no spaces, full-width characters and any dash made plain.
 * Null for what can be no code.
 */
export function readCouponCode(typed: string): CouponCode | null {
  const code = typed.normalize('NFKC').replace(SPACES, '').replace(DASHES, '-').toUpperCase()
  return CODE.test(code) ? (code as CouponCode) : null
}
