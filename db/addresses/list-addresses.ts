import 'server-only'
import { and, asc, desc, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { addresses } from './schema.ts'

export type BookedAddress = Awaited<ReturnType<typeof listAddresses>>[number]

const shown = {
  id: addresses.id,
  isDefault: addresses.isDefault,
  recipient: addresses.recipient,
  phone: addresses.phone,
  country: addresses.country,
  region: addresses.region,
  city: addresses.city,
  district: addresses.district,
  street: addresses.street,
  street2: addresses.street2,
  postcode: addresses.postcode,
}

/** A customer's addresses, the default first, then the oldest. */
export const listAddresses = (accountId: string) =>
  db
    .select(shown)
    .from(addresses)
    .where(eq(addresses.accountId, accountId))
    .orderBy(desc(addresses.isDefault), asc(addresses.createdAt), asc(addresses.id))

/** One of a customer's addresses. Null for somebody else's as for one that is not there. */
export async function findAddress(accountId: string, id: string): Promise<BookedAddress | null> {
  const [address] = await db
    .select(shown)
    .from(addresses)
    .where(and(eq(addresses.accountId, accountId), eq(addresses.id, id)))
  return address ?? null
}
