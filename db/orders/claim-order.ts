import 'server-only'
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { accounts } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { hashSecret } from './order-secret.ts'
import { orderLinks, orders } from './schema.ts'

export type ClaimOrderError =
  | { readonly code: 'unknown_order' }
  /** It is in another account already. */
  | { readonly code: 'claimed_before' }

/** Puts the guest's order that a secret opens into an account; whoever has the secret has the order. Safe to repeat. */
export async function claimOrder(accountId: string, secret: string): Promise<Result<OrderNumber, ClaimOrderError>> {
  const ofSecret = db
    .select({ id: orderLinks.orderId })
    .from(orderLinks)
    .where(eq(orderLinks.secretHash, hashSecret(secret)))
  await db
    .update(orders)
    .set({ accountId })
    .where(and(sql`${orders.id} = (${ofSecret})`, isNull(orders.accountId)))
  const [order] = await db
    .select({ number: orders.number, owner: orders.accountId })
    .from(orders)
    .where(sql`${orders.id} = (${ofSecret})`)
  if (!order) return err({ code: 'unknown_order' })
  return order.owner === accountId ? ok(order.number) : err({ code: 'claimed_before' })
}

/** Guests' orders that were placed with the account's e-mail, newest first; none before the e-mail is confirmed. */
const claimable = (accountId: string) =>
  db
    .select({ id: orders.id, number: orders.number, placedAt: orders.placedAt, totalFen: orders.totalFen })
    .from(orders)
    .innerJoin(accounts, and(eq(accounts.email, orders.email), isNotNull(accounts.confirmedAt)))
    .where(and(eq(accounts.id, accountId), isNull(orders.accountId)))

/** What an account is offered to take in, the newest at most `limit`. */
export const listClaimableOrders = (accountId: string, limit = 10) =>
  claimable(accountId).orderBy(desc(orders.placedAt)).limit(limit)

/** Takes in all that {@link listClaimableOrders} offers. @returns how many orders it was. */
export async function claimOrdersByEmail(accountId: string): Promise<number> {
  const claimed = await db
    .update(orders)
    .set({ accountId })
    .where(and(isNull(orders.accountId), sql`${orders.id} in (select id from (${claimable(accountId)}) as own)`))
    .returning({ id: orders.id })
  return claimed.length
}
