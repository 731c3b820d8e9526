import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { providerPauses } from './schema.ts'

const about = (provider: ProviderName) => ({ kind: 'provider', id: provider })

/** Takes a provider out of the checkout until a person ends it. @returns false when it is paused already. */
export async function pauseProvider(
  provider: ProviderName,
  reason: string,
  actor: string,
  now: Date,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const paused = await tx
      .insert(providerPauses)
      .values({ provider, reason, pausedBy: actor, pausedAt: now })
      .onConflictDoNothing()
      .returning({ id: providerPauses.id })
    if (paused.length === 0) return false
    await appendAuditEntry(tx, { actor, action: 'provider.paused', about: about(provider), reason })
    return true
  })
}

/** Offers a provider again that was paused, by a person who has looked. */
export async function resumeProvider(
  permit: Permit<'incidents.work'>,
  provider: ProviderName,
  reason: string,
  now: Date = new Date(),
): Promise<Result<null, { readonly code: 'not_paused' }>> {
  return db.transaction(async (tx) => {
    const actor = staffActor(permit)
    const ended = await tx
      .update(providerPauses)
      .set({ endedBy: actor, endedAt: now })
      .where(and(eq(providerPauses.provider, provider), isNull(providerPauses.endedAt)))
      .returning({ id: providerPauses.id })
    if (ended.length === 0) return err({ code: 'not_paused' as const })
    await appendAuditEntry(tx, { actor, action: 'provider.resumed', about: about(provider), reason })
    return ok(null)
  })
}
