import 'server-only'
import type { Permit } from '#lib/domain/permissions.ts'
import type { Finding, ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { providerChecks } from './schema.ts'

export type ProviderCheck = {
  readonly provider: ProviderName
  readonly findings: readonly Finding[]
  readonly checkedAt: Date
}

/** Keeps what the check of a provider said, in the place of what the one before did. */
export async function writeProviderCheck(check: ProviderCheck): Promise<void> {
  const { findings, checkedAt } = check
  await db
    .insert(providerChecks)
    .values(check)
    .onConflictDoUpdate({ target: providerChecks.provider, set: { findings, checkedAt } })
}

/** What the last check of each provider said. */
export const readProviderChecks = (_: Permit<'payments.read'>): Promise<ProviderCheck[]> =>
  db.select().from(providerChecks).orderBy(providerChecks.provider)
