import 'server-only'
import { and, desc, gte, isNull } from 'drizzle-orm'
import { CALLS_COUNT_FOR_MS, isReachable } from '#lib/domain/risk/provider-circuit.ts'
import { PROVIDER_NAMES, type ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { providerCalls, providerPauses } from './schema.ts'

/** Why a provider is not offered at this moment. */
export type Unoffered = 'unreachable' | 'paused'

/** The providers that shoppers should not be sent to now, with the reason. */
export async function readUnoffered(now: Date = new Date()): Promise<ReadonlyMap<ProviderName, Unoffered>> {
  const [calls, pauses] = await Promise.all([
    db
      .select({ provider: providerCalls.provider, at: providerCalls.at, answered: providerCalls.answered })
      .from(providerCalls)
      .where(and(gte(providerCalls.at, new Date(now.getTime() - CALLS_COUNT_FOR_MS))))
      .orderBy(desc(providerCalls.at), desc(providerCalls.id))
      .limit(500),
    db.select({ provider: providerPauses.provider }).from(providerPauses).where(isNull(providerPauses.endedAt)),
  ])
  const unoffered = new Map<ProviderName, Unoffered>()
  for (const provider of PROVIDER_NAMES)
    if (
      !isReachable(
        calls.filter((call) => call.provider === provider),
        now,
      )
    )
      unoffered.set(provider, 'unreachable')
  for (const { provider } of pauses) unoffered.set(provider, 'paused')
  return unoffered
}
