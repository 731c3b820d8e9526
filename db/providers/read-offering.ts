import 'server-only'
import { and, desc, gt, gte, isNull } from 'drizzle-orm'
import { isDoubtful, isReachable, isResting } from '#lib/domain/risk/provider-circuit.ts'
import { PROVIDER_NAMES, type ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { offeringOverrides, providerCalls, providerPauses } from './schema.ts'

/** Why a provider is not offered at this moment. */
export type Unoffered = 'unreachable' | 'paused'

export type Offering = {
  readonly unoffered: ReadonlyMap<ProviderName, Unoffered>
  /** Ways of providers that can be reached which fail all the same, as `wechatpay_h5`. */
  readonly resting: ReadonlySet<string>
  /** Providers that are offered after the others. */
  readonly doubtful: ReadonlySet<ProviderName>
}

/** What our own calls say: the longest that any rule looks back. */
const CALLS_OF_MS = 600_000

/**
 * What shoppers should not be sent to now, or only after the others, and why. What a person said overrules the calls, but
 * not a pause.
 */
export async function readOffering(now: Date = new Date()): Promise<Offering> {
  const [calls, pauses, overrides] = await Promise.all([
    db
      .select()
      .from(providerCalls)
      .where(and(gte(providerCalls.at, new Date(now.getTime() - CALLS_OF_MS))))
      .orderBy(desc(providerCalls.at), desc(providerCalls.id))
      .limit(600),
    db.select({ provider: providerPauses.provider }).from(providerPauses).where(isNull(providerPauses.endedAt)),
    db.select({ provider: offeringOverrides.provider }).from(offeringOverrides).where(gt(offeringOverrides.until, now)),
  ])
  const unoffered = new Map<ProviderName, Unoffered>()
  const resting = new Set<string>()
  const doubtful = new Set<ProviderName>()
  for (const provider of PROVIDER_NAMES) {
    if (overrides.some((override) => override.provider === provider)) continue
    const own = calls.filter((call) => call.provider === provider)
    if (!isReachable(own, now)) {
      unoffered.set(provider, 'unreachable')
      continue
    }
    if (isDoubtful(own, now)) doubtful.add(provider)
    const scenes = new Set(own.flatMap(({ scene }) => scene ?? []))
    for (const scene of scenes) if (isResting(own, scene, now)) resting.add(`${provider}_${scene}`)
  }
  for (const { provider } of pauses) unoffered.set(provider, 'paused')
  return { unoffered, resting, doubtful }
}

/** The providers that shoppers should not be sent to now, with the reason. */
export const readUnoffered = async (now?: Date): Promise<Offering['unoffered']> => (await readOffering(now)).unoffered
