import { z } from 'zod'
import type { RefundWish } from '#lib/domain/decide-refund.ts'
import { toFen } from '#lib/domain/money.ts'

/** Money in JSON is text, since JSON numbers are floats. */
const Sum = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform((text) => toFen(BigInt(text)))

const StoredWish = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('lines'),
    lines: z.array(z.strictObject({ position: z.int(), quantity: z.int() })),
    shipping: Sum,
    restock: z.boolean(),
  }),
  z.strictObject({ by: z.literal('amount'), amount: Sum }),
])

/** A wish as its column has it. */
export const storeWish = (wish: RefundWish) =>
  wish.by === 'lines' ? { ...wish, shipping: String(wish.shipping) } : { ...wish, amount: String(wish.amount) }

/** @throws on a row that is not sound. */
export const readWish = (stored: unknown): RefundWish => StoredWish.parse(stored)
