import 'server-only'
import { and, eq, ne } from 'drizzle-orm'
import type { Address } from '#lib/domain/address.ts'
import { MOST_ADDRESSES } from '#lib/domain/address.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { accounts } from '../accounts/schema.ts'
import { db, type Transaction } from '../client.ts'
import { addresses } from './schema.ts'

export type SaveAddress = {
  readonly accountId: string
  /** Null for one that is new. */
  readonly id: string | null
  readonly address: Address
  /** Makes it the default; the first one is anyway, and the default stays so. */
  readonly asDefault: boolean
}
export type SaveAddressError =
  /** Not there, or somebody else's. */
  { readonly code: 'unknown_address' } | { readonly code: 'too_many' }

/** Writes an address into a customer's book. One that is in it already, word for word, is not written twice. */
export async function saveAddress({
  accountId,
  id,
  address,
  asDefault,
}: SaveAddress): Promise<Result<{ readonly id: string }, SaveAddressError>> {
  return db.transaction(async (tx) => {
    const known = await lockBook(tx, accountId)
    const old = id === null ? known.find((one) => isSame(one, address)) : known.find((one) => one.id === id)
    if (id !== null && !old) return err({ code: 'unknown_address' })
    if (!old && known.length >= MOST_ADDRESSES) return err({ code: 'too_many' })
    const isDefault = asDefault || old?.isDefault || known.length === 0
    if (isDefault)
      await tx
        .update(addresses)
        .set({ isDefault: false })
        .where(and(eq(addresses.accountId, accountId), eq(addresses.isDefault, true), old && ne(addresses.id, old.id)))
    const row = { ...address, accountId, isDefault }
    const [saved] = old
      ? await tx.update(addresses).set(row).where(eq(addresses.id, old.id)).returning({ id: addresses.id })
      : await tx.insert(addresses).values(row).returning({ id: addresses.id })
    if (!saved) throw new Error('an address that was saved did not come back')
    return ok(saved)
  })
}

/** Removes an address; when it was the default, the oldest of the others is. Nothing for one that is not there. */
export async function removeAddress(accountId: string, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const known = await lockBook(tx, accountId)
    const gone = known.find((one) => one.id === id)
    if (!gone) return
    await tx.delete(addresses).where(eq(addresses.id, gone.id))
    const next = known.find((one) => one.id !== id)
    if (gone.isDefault && next) await tx.update(addresses).set({ isDefault: true }).where(eq(addresses.id, next.id))
  })
}

/** Makes an address the one that checkout begins with. Nothing for one that is not there. */
export async function makeDefaultAddress(accountId: string, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const known = await lockBook(tx, accountId)
    if (!known.some((one) => one.id === id)) return
    await tx.update(addresses).set({ isDefault: false }).where(eq(addresses.accountId, accountId))
    await tx.update(addresses).set({ isDefault: true }).where(eq(addresses.id, id))
  })
}

/** Two writers of one book wait for each other at the account. The oldest first. */
async function lockBook(tx: Transaction, accountId: string) {
  await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for('no key update')
  return tx
    .select()
    .from(addresses)
    .where(eq(addresses.accountId, accountId))
    .orderBy(addresses.createdAt, addresses.id)
}

const isSame = (one: typeof addresses.$inferSelect, address: Address): boolean =>
  (Object.keys(address) as (keyof Address)[]).every((part) => one[part] === address[part])
