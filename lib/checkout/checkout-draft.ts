import { z } from 'zod'
import { CHECKOUT_FIELDS, type CheckoutErrors, type CheckoutValues, FIELD_ERRORS } from '#lib/domain/checkout-fields.ts'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import { COUPON_REFUSALS } from '#lib/domain/judge-coupon.ts'
import { toFen } from '#lib/domain/money.ts'
import type { OrderChange } from '#lib/domain/order-changes.ts'

/** Why an order was not placed although the form was filled in rightly. */
export const CHECKOUT_REFUSALS = ['other_input', 'busy', 'stale'] as const
export type CheckoutRefusal = (typeof CHECKOUT_REFUSALS)[number]

/** What the page shows after a form came back: what was typed, what is wrong with it, what changed meanwhile. */
export type CheckoutDraft = {
  readonly values: CheckoutValues
  readonly errors: CheckoutErrors
  readonly changes: readonly OrderChange[]
  readonly refused: CheckoutRefusal | null
}

const Amount = z.string().transform((text) => toFen(BigInt(text)))
const Code = z.string().transform((code) => code as CouponCode)
const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('price'), sku: z.string(), from: Amount, to: Amount }),
  z.object({ kind: z.literal('stock'), sku: z.string(), wanted: z.int(), left: z.int() }),
  z.object({ kind: z.literal('withdrawn'), variantId: z.int() }),
  z.object({ kind: z.literal('shipping'), from: Amount, to: Amount }),
  z.object({ kind: z.literal('coupon'), code: Code, from: Amount.nullable(), to: Amount }),
  z.object({ kind: z.literal('coupon_refused'), code: Code, refusal: z.enum(COUPON_REFUSALS) }),
  z.object({ kind: z.literal('coupon_removed'), code: Code }),
])
const Draft = z.object({
  values: z.record(z.enum(CHECKOUT_FIELDS), z.string()),
  errors: z.partialRecord(z.enum(CHECKOUT_FIELDS), z.enum(FIELD_ERRORS)),
  changes: z.array(Change),
  refused: z.enum(CHECKOUT_REFUSALS).nullable(),
})

/** Money as text, since JSON numbers are floats. */
export const writeDraft = (draft: CheckoutDraft): unknown =>
  JSON.parse(JSON.stringify(draft, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)))

/** Null for what is no draft of this version of the shop. */
export function readDraft(json: unknown): CheckoutDraft | null {
  const parsed = Draft.safeParse(json)
  if (!parsed.success) return null
  const { errors, ...draft } = parsed.data
  return { ...draft, errors: errors as CheckoutErrors }
}
