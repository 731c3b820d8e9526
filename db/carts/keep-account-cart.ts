import 'server-only'
import { and, eq, notInArray, sql } from 'drizzle-orm'
import { unitsIn } from '#lib/domain/cart-rules.ts'
import { type MergeLine, mergeCarts } from '#lib/domain/merge-carts.ts'
import { toFen } from '#lib/domain/money.ts'
import { db, type Transaction } from '../client.ts'
import { cartKey } from './cart-token.ts'
import { accountCarts, cartLines, carts } from './schema.ts'

/**
 * Merges the cart that somebody left in their account into the one of the browser they sign in with, by
 * `lib/domain/merge-carts.ts`; from now on the browser's is the one of the account.
 * @param token of the browser's cart, which need not be there yet.
 * @returns the units in it.
 * @throws when the token is not one of ours.
 */
export async function keepAccountCart(accountId: string, token: string): Promise<number> {
  const key = cartKey(token)
  if (!key) throw new RangeError('not a cart token')
  return db.transaction(async (tx) => {
    await tx
      .insert(carts)
      .values({ tokenHash: key })
      .onConflictDoUpdate({ target: carts.tokenHash, set: { updatedAt: sql`now()` } })
    const [known] = await tx
      .select({ cart: accountCarts.cart })
      .from(accountCarts)
      .where(eq(accountCarts.accountId, accountId))
      .for('update')
    const browser = await linesOf(tx, key)
    const kept = known && !known.cart.equals(key) ? await linesOf(tx, known.cart) : []
    const merged = mergeCarts(browser, kept)
    if (kept.length > 0) await writeLines(tx, key, merged)
    await tx
      .insert(accountCarts)
      .values({ accountId, cart: key })
      .onConflictDoUpdate({ target: accountCarts.accountId, set: { cart: key } })
    return unitsIn(merged)
  })
}

async function linesOf(tx: Transaction, cart: Buffer): Promise<readonly MergeLine[]> {
  const lines = await tx.select().from(cartLines).where(eq(cartLines.cart, cart))
  return lines.map(({ variantId, quantity, priceSeenFen, addedAt }) => ({
    variantId,
    quantity,
    priceSeen: toFen(priceSeenFen),
    addedAt,
  }))
}

async function writeLines(tx: Transaction, cart: Buffer, lines: readonly MergeLine[]): Promise<void> {
  const variantIds = lines.map(({ variantId }) => variantId)
  await tx.delete(cartLines).where(and(eq(cartLines.cart, cart), notInArray(cartLines.variantId, variantIds)))
  await tx
    .insert(cartLines)
    .values(lines.map(({ priceSeen, ...line }) => ({ ...line, cart, priceSeenFen: priceSeen })))
    .onConflictDoUpdate({
      target: [cartLines.cart, cartLines.variantId],
      set: {
        quantity: sql`excluded.quantity`,
        priceSeenFen: sql`excluded.price_seen_fen`,
        addedAt: sql`excluded.added_at`,
      },
    })
}
