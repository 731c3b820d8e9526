import { z } from 'zod'
import { CART_OPERATIONS } from '#lib/domain/cart-rules.ts'
import { MAX_QUANTITY } from '#lib/domain/pricing.ts'

/** Digits only: `1e2`, `1.5`, `-1` and ` 1` are not what a shopper means by a number. */
const Quantity = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(1).max(MAX_QUANTITY))

/** One change of the cart, as a form or a script sends it. */
export const CartInput = z.object({
  sku: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\x21-\x7e]+$/),
  operation: z.enum(CART_OPERATIONS).default('add'),
  quantity: Quantity.default(1),
})
export type CartInput = z.output<typeof CartInput>
