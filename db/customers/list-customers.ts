import 'server-only'
import { and, desc, inArray, or, type SQL, sql } from 'drizzle-orm'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { accounts } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'

const PAGE_SIZE = 50

/**
 * Customers with an account, the newest first, a page at a time.
 * @param words a part of a name or an e-mail; empty for all.
 * @param after where the page before ended.
 */
export async function listCustomers(
  _: Permit<'customers.read'>,
  { words, after }: { readonly words: string; readonly after: { readonly at: Date; readonly id: string } | null },
) {
  const part = `%${words.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await db
    .select({ id: accounts.id, email: accounts.email, name: accounts.name, createdAt: accounts.createdAt })
    .from(accounts)
    .where(
      and(
        words ? or(sql`${accounts.email} ilike ${part}`, sql`${accounts.name} ilike ${part}`) : undefined,
        after ? isBefore(after) : undefined,
      ),
    )
    .orderBy(desc(accounts.createdAt), desc(accounts.id))
    .limit(PAGE_SIZE + 1)
  const page = rows.slice(0, PAGE_SIZE)
  const sums = await readSums(page.map(({ id }) => id))
  const last = page.at(-1)
  return {
    customers: page.map((row) => ({ ...row, ...(sums.get(row.id) ?? { orders: 0, paidFen: toFen(0n) }) })),
    next: rows.length > PAGE_SIZE && last ? { at: last.createdAt, id: last.id } : null,
  }
}

const isBefore = ({ at, id }: { at: Date; id: string }): SQL =>
  sql`(${accounts.createdAt}, ${accounts.id}) < (${at.toISOString()}::timestamptz, ${id}::uuid)`

/** How many orders each has placed, and what those came to that were not cancelled. */
async function readSums(ids: readonly string[]): Promise<ReadonlyMap<string, { orders: number; paidFen: Fen }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      id: orders.accountId,
      orders: sql<number>`count(*)::int`,
      paid: sql<string>`coalesce(sum(${orders.totalFen}) filter (where ${orders.state} <> 'cancelled'), 0)`,
    })
    .from(orders)
    .where(inArray(orders.accountId, [...ids]))
    .groupBy(orders.accountId)
  return new Map(rows.map(({ id, orders: count, paid }) => [id ?? '', { orders: count, paidFen: toFen(BigInt(paid)) }]))
}

/** The sums of one customer. */
export const readCustomerSums = async (id: string) =>
  (await readSums([id])).get(id) ?? { orders: 0, paidFen: toFen(0n) }
