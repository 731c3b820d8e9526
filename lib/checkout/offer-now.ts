import 'server-only'
import { readUnoffered, type Unoffered } from '#db/providers/read-offering.ts'
import { log } from '../log.ts'
import type { PaymentProvider, ProviderName } from '../payments/port.ts'
import { providersFor } from './offered-providers.ts'

export type OfferedNow = {
  readonly offered: readonly ProviderName[]
  /** Those that would be offered here, and the reason why they are not now. */
  readonly away: ReadonlyMap<ProviderName, Unoffered>
}

/** Every checkout asks, and what changed a second ago is soon enough. */
const KNOWN_FOR_MS = 1_000
let known: { readonly until: number; readonly unoffered: Promise<ReadonlyMap<ProviderName, Unoffered>> } | null = null

function unofferedLately(): Promise<ReadonlyMap<ProviderName, Unoffered>> {
  const now = performance.now()
  if (known === null || now > known.until) {
    const unoffered = readUnoffered().catch((err: unknown) => {
      // Taking orders does not hang on knowing who is slow today.
      log.warn({ err }, 'it is not known which providers can be reached')
      return new Map<ProviderName, Unoffered>()
    })
    known = { until: now + KNOWN_FOR_MS, unoffered }
  }
  return known.unoffered
}

/**
 * The providers that a shopper is offered now: those that fit the device, but for unreachable and paused ones. Where no
 * other is left, an unreachable one stays: it may be back by the time of the call.
 */
export async function offerNow(
  headers: Pick<Headers, 'get'>,
  providers: ReadonlyMap<ProviderName, Pick<PaymentProvider, 'scenes'>>,
): Promise<OfferedNow> {
  const fitting = providersFor(headers, providers)
  const unoffered = await unofferedLately()
  const left = fitting.filter((name) => !unoffered.has(name))
  const offered = left.length > 0 ? left : fitting.filter((name) => unoffered.get(name) !== 'paused')
  return {
    offered,
    away: new Map([...unoffered].filter(([name]) => fitting.includes(name) && !offered.includes(name))),
  }
}
