import 'server-only'
import { and, desc, eq, sql } from 'drizzle-orm'
import { isReachable, PROBE_EVERY_MS } from '#lib/domain/risk/provider-circuit.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { providerCalls } from './schema.ts'

/** Clocks and queues are not exact; half a pause apart, two probes are two. */
const APART_MS = PROBE_EVERY_MS / 2

/** Whether a provider is to be asked now if it is there: it left its last call unanswered, and no probe has just asked. */
export async function shouldProbe(provider: ProviderName, now: Date): Promise<boolean> {
  const calls = await db
    .select({ at: providerCalls.at, answered: providerCalls.answered })
    .from(providerCalls)
    .where(eq(providerCalls.provider, provider))
    .orderBy(desc(providerCalls.at), desc(providerCalls.id))
    .limit(20)
  const [last] = calls
  if (!last || (last.answered && isReachable(calls, now))) return false
  const [probe] = await db
    .select({ at: sql<Date | null>`max(${providerCalls.at})`.mapWith(providerCalls.at) })
    .from(providerCalls)
    .where(and(eq(providerCalls.provider, provider), eq(providerCalls.call, 'probe')))
  return !probe?.at || now.getTime() - probe.at.getTime() >= APART_MS
}
