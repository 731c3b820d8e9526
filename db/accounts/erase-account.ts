import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { err, ok, type Result } from '#lib/result.ts'
import { addresses } from '../addresses/schema.ts'
import { cartKey } from '../carts/cart-token.ts'
import { checkoutDrafts } from '../carts/schema.ts'
import { db, type Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { withdrawReviewsOf } from '../reviews/withdraw-review.ts'
import { requestAccountMail } from './request-account-mail.ts'
import { accountLinks, accounts, recoveryCodes, sessions, staff } from './schema.ts'

/** `is_staff`: their leaving comes first, since the log names them. */
export type EraseRefusal = { readonly code: 'unknown' | 'is_staff' }

/**
 * Deletes an account: name, e-mail, password, devices, reviews, and with the job that follows who and where in its
 * orders. Sums, pieces and books stay as they are; an order still under way keeps its address until it has ended.
 * @param cartToken of the browser that asked, whose typed address goes too.
 */
export const eraseAccount = (
  accountId: string,
  cartToken: string | undefined,
  now: Date,
): Promise<Result<null, EraseRefusal>> =>
  db.transaction(async (tx) => {
    const erased = await eraseWithin(tx, accountId, now)
    const cart = cartKey(cartToken)
    if (erased.ok && cart) await tx.delete(checkoutDrafts).where(eq(checkoutDrafts.cart, cart))
    return erased
  })

/** The same in a transaction of the caller, for who asked from no browser of the customer's. */
export async function eraseWithin(tx: Transaction, accountId: string, now: Date): Promise<Result<null, EraseRefusal>> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for('update')
  if (!account) return err({ code: 'unknown' })
  const [worked] = await tx.select({ endedAt: staff.endedAt }).from(staff).where(eq(staff.accountId, accountId))
  if (worked && worked.endedAt === null) return err({ code: 'is_staff' })

  await tx.execute(sql`
    with theirs as (update orders set account_id = null where account_id = ${accountId}::uuid returning id)
    insert into order_erasures (order_id, asked_at)
    select id, ${now.toISOString()}::timestamptz from theirs
    on conflict (order_id) do nothing`)
  await withdrawReviewsOf(tx, accountId)
  if (worked) await makeNameless(tx, accountId)
  else await tx.delete(accounts).where(eq(accounts.id, accountId))
  await requestAccountMail(tx, { wish: 'erased', email: account.email, locale: account.locale })
  await enqueue(tx, { name: 'erase-orders', data: {} })
  return ok(null)
}

/** Who once worked here stays in the log as a number. */
async function makeNameless(tx: Transaction, accountId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.accountId, accountId))
  await tx.delete(accountLinks).where(eq(accountLinks.accountId, accountId))
  await tx.delete(addresses).where(eq(addresses.accountId, accountId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await tx.update(staff).set({ totpSecret: null, totpConfirmedAt: null }).where(eq(staff.accountId, accountId))
  await tx
    .update(accounts)
    .set({ email: `${accountId}@erased.invalid`, name: null, passwordHash: null, confirmedAt: null })
    .where(eq(accounts.id, accountId))
}

/** Removes addresses that were never confirmed, and sessions and links that ended long ago. @returns how many rows. */
export async function purgeAccounts(before: Date): Promise<number> {
  const limit = before.toISOString()
  const [links, ended, unconfirmed] = [
    await db.delete(accountLinks).where(sql`${accountLinks.expiresAt} < ${limit}::timestamptz`),
    await db.delete(sessions).where(sql`least(${sessions.expiresAt}, ${sessions.revokedAt}) < ${limit}::timestamptz`),
    await db
      .delete(accounts)
      .where(
        and(
          isNull(accounts.confirmedAt),
          sql`${accounts.createdAt} < ${limit}::timestamptz`,
          sql`not exists (select from staff where staff.account_id = ${accounts.id})`,
          sql`not exists (select from account_links where account_links.account_id = ${accounts.id})`,
        ),
      ),
  ]
  return links.count + ended.count + unconfirmed.count
}
