import 'server-only'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { endIncident } from '../incidents/end-incident.ts'
import { offeringOverrides } from './schema.ts'

const FOR_MS = 3_600_000

/** Offers a provider for an hour whatever our calls say: somebody knows better than they do. */
export async function offerAllTheSame(
  permit: Permit<'incidents.work'>,
  provider: ProviderName,
  reason: string,
  now: Date = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const actor = staffActor(permit)
    const until = new Date(now.getTime() + FOR_MS)
    await tx.insert(offeringOverrides).values({ provider, actor, reason, at: now, until })
    const subject = `provider:${provider}`
    await endIncident(tx, { kind: 'provider_silent', subject, actor, note: reason }, now)
    const about = { kind: 'provider', id: provider }
    await appendAuditEntry(tx, { actor, action: 'provider.offered', about, after: { until }, reason })
  })
}
