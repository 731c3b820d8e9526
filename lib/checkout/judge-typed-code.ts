import 'server-only'
import { judgeCode } from '#db/promotions/judge-code.ts'
import { payableUnits } from '#lib/domain/cart-rules.ts'
import type { CheckoutValues } from '#lib/domain/checkout-fields.ts'
import type { JudgedCoupon } from '#lib/domain/coupon-changes.ts'
import { readCouponCode } from '#lib/domain/coupon-code.ts'
import type { CheckoutLine } from './checkout-line.ts'

/** What the code that was typed does to what can be had of a cart, as far as its shopper is known. Null for no code. */
export function judgeTypedCode(
  values: Pick<CheckoutValues, 'coupon' | 'email'> | undefined,
  lines: readonly CheckoutLine[],
  accountId: string | null,
  now: Date,
): Promise<JudgedCoupon | null> {
  const code = readCouponCode(values?.coupon ?? '')
  const payable = lines
    .map((line) => ({ ...line, quantity: payableUnits(line) }))
    .filter(({ quantity }) => quantity > 0)
  const email = values?.email.includes('@') ? values.email : null
  return judgeCode(code, payable, { email, accountId }, now)
}
