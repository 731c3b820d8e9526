import { z } from 'zod'
import { toFen } from '#lib/domain/money.ts'
import type { ShopContact } from '#lib/domain/shop-contact.ts'

/** Money in JSON is text, since JSON numbers are floats. */
const Fen = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform((text) => toFen(BigInt(text)))
const Line = z.string().trim().max(200)

/**
 * What the owner decides while the shop runs, as it is stored in `settings`, one row a name. What came with the shop
 * is what an absent row means.
 */
export const ShopRules = z.object({
  /** On documents and mails. */
  shop_name: Line.min(1).default('Comptoir'),
  /** How to reach the shop, in its footer and on documents; empty lines are left out. */
  contact_email: z.union([z.literal(''), z.email().max(200)]).default(''),
  contact_phone: Line.default(''),
  contact_address: Line.default(''),
  /** A refund of more than this needs a second person. */
  refund_approval_fen: Fen.default(toFen(50_000n)),
  /** From so many units down a variant without a number of its own is on the list of what runs low. */
  low_stock_units: z.int().min(0).max(10_000).default(5),
})
export type ShopRules = z.output<typeof ShopRules>

/** The same as rows hold it. */
export type StoredRules = z.input<typeof ShopRules>
export const storedRules = (rules: ShopRules): StoredRules => ({
  ...rules,
  refund_approval_fen: rules.refund_approval_fen.toString(),
})

/** What of it customers are told. */
export const contactOf = (rules: ShopRules): ShopContact => ({
  name: rules.shop_name,
  email: rules.contact_email,
  phone: rules.contact_phone,
  address: rules.contact_address,
})
