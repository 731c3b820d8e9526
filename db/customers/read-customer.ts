import 'server-only'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { accounts, sessions } from '../accounts/schema.ts'
import { addresses } from '../addresses/schema.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { readCustomerSums } from './list-customers.ts'
import { customerNotes } from './schema.ts'

const NEWEST_ORDERS = 50

/** A customer with orders, sums, addresses, notes and sign-ins. Null when there is none. */
export async function readCustomer(_: Permit<'customers.read'>, id: string, now: Date) {
  const [account] = await db
    .select({ id: accounts.id, email: accounts.email, name: accounts.name, createdAt: accounts.createdAt })
    .from(accounts)
    .where(eq(accounts.id, id))
  if (!account) return null
  const [sums, placed, book, notes, live] = await Promise.all([
    readCustomerSums(id),
    db
      .select({ number: orders.number, state: orders.state, totalFen: orders.totalFen, placedAt: orders.placedAt })
      .from(orders)
      .where(eq(orders.accountId, id))
      .orderBy(desc(orders.placedAt), desc(orders.id))
      .limit(NEWEST_ORDERS),
    db.select().from(addresses).where(eq(addresses.accountId, id)).orderBy(addresses.createdAt),
    db.select().from(customerNotes).where(eq(customerNotes.accountId, id)).orderBy(desc(customerNotes.id)),
    db
      .select({ id: sessions.id, seenAt: sessions.seenAt, userAgent: sessions.userAgent })
      .from(sessions)
      .where(and(eq(sessions.accountId, id), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
      .orderBy(desc(sessions.seenAt)),
  ])
  return { ...account, ...sums, placed, addresses: book, notes, sessions: live }
}
