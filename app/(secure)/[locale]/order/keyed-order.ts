import { z } from 'zod'
import { findAccountOrder, findOrder, type OrderView } from '#db/orders/find-order.ts'
import { currentAccount } from '#lib/auth/current-account.ts'
import { isSecret } from '#lib/domain/secret.ts'

/** How a form names the order that it is about: by the secret of its page, or by its number for whose it is. */
export type OrderKey = { readonly secret: string } | { readonly number: string }

export const OrderKeyFields = z.object({
  secret: z.string().refine(isSecret).optional(),
  number: z.string().max(40).optional(),
})

/** The order that a form names, for whoever sent it. Null for what is not there and what is not theirs. */
export async function keyedOrder({ secret, number }: z.output<typeof OrderKeyFields>): Promise<OrderView | null> {
  if (secret !== undefined) return findOrder(secret)
  const account = number === undefined ? null : await currentAccount()
  return account && number !== undefined ? findAccountOrder(account.id, number) : null
}
