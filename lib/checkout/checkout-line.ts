import type { CartLineView } from '#lib/cart/shown-cart.ts'

/** A line of the basket as checkout shows it. */
export type CheckoutLine = CartLineView & { readonly variantId: number }
