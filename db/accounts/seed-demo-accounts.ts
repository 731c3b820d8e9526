import { sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import type { Role } from '#lib/domain/permissions.ts'
import type { Db } from '../client.ts'
import { accounts, staff } from './schema.ts'

/** People of the demonstration shop; the addresses belong to nobody (RFC 2606). */
export const DEMO_PEOPLE: readonly {
  readonly email: string
  readonly name: string
  readonly locale: Locale
  /** Null for a customer. */
  readonly role: Role | null
}[] = [
  { email: 'owner@comptoir.example', name: 'Olivia Chen', locale: 'en', role: 'owner' },
  { email: 'finance@comptoir.example', name: 'Felix Laurent', locale: 'fr', role: 'finance' },
  { email: 'orders@comptoir.example', name: 'Oscar Wu', locale: 'zh', role: 'orders' },
  { email: 'catalogue@comptoir.example', name: 'Camille Roux', locale: 'fr', role: 'catalogue' },
  { email: 'support@comptoir.example', name: 'Sunny Gao', locale: 'zh', role: 'support' },
  { email: 'auditor@comptoir.example', name: 'Adele Moreau', locale: 'en', role: 'auditor' },
  { email: 'customer@comptoir.example', name: 'Li Wei', locale: 'en', role: null },
]

/**
 * Lets the people of the demonstration in, all with one password and one device; does nothing in a shop that has an
 * account already. Never for a shop that takes real money.
 * @param sealedTotp the device's secret as `lib/auth/seal-text.ts` seals it.
 * @returns true when they were written.
 */
export async function seedDemoAccounts(
  db: Db,
  { passwordHash, sealedTotp }: { readonly passwordHash: string; readonly sealedTotp: string },
  now: Date,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('seed-demo-accounts'))`)
    const [existing] = await tx.select({ id: accounts.id }).from(accounts).limit(1)
    if (existing) return false
    for (const { role, ...person } of DEMO_PEOPLE) {
      const [account] = await tx
        .insert(accounts)
        .values({ ...person, passwordHash, confirmedAt: now, createdAt: now })
        .returning({ id: accounts.id })
      if (account && role)
        await tx
          .insert(staff)
          .values({ accountId: account.id, roles: [role], totpSecret: sealedTotp, totpConfirmedAt: now, addedAt: now })
    }
    return true
  })
}
