import 'server-only'
import { type Offering, readOffering, type Unoffered } from '#db/providers/read-offering.ts'
import { log } from '../log.ts'
import type { PaymentProvider, ProviderName } from '../payments/port.ts'
import { scenesFor } from './device-scenes.ts'
import { providersFor } from './offered-providers.ts'

/** `resting`: each of its ways that fits the device fails for now. `doubtful`: offered, after the others. */
export type Away = Unoffered | 'resting' | 'doubtful'

export type OfferedNow = {
  readonly offered: readonly ProviderName[]
  /** Those that would be offered here, or sooner, and the reason why they are not now. */
  readonly away: ReadonlyMap<ProviderName, Away>
  /** Ways that fail for now, as `wechatpay_h5`. */
  readonly resting: ReadonlySet<string>
}

/** Every checkout asks, and what changed a second ago is soon enough. */
const KNOWN_FOR_MS = 1_000
const ALL_OFFERED: Offering = { unoffered: new Map(), resting: new Set(), doubtful: new Set() }
let known: { readonly until: number; readonly offering: Promise<Offering> } | null = null

function offeringLately(): Promise<Offering> {
  const now = performance.now()
  if (known === null || now > known.until) {
    const offering = readOffering().catch((err: unknown) => {
      // Taking orders does not hang on knowing who is slow today.
      log.warn({ err }, 'it is not known which providers can be reached')
      return ALL_OFFERED
    })
    known = { until: now + KNOWN_FOR_MS, offering }
  }
  return known.offering
}

type Providers = ReadonlyMap<ProviderName, Pick<PaymentProvider, 'scenes'>>

/**
 * The providers that a shopper is offered now: those that fit the device, but for unreachable, paused and failing ones;
 * doubtful ones come last. Where no other is left, what is not paused stays: it may be back by the time of the call.
 */
export const offerNow = async (headers: Pick<Headers, 'get'>, providers: Providers): Promise<OfferedNow> =>
  chooseOffer(headers, providers, await offeringLately())

/** The same for what is known of the providers. */
export function chooseOffer(headers: Pick<Headers, 'get'>, providers: Providers, offering: Offering): OfferedNow {
  const { unoffered, resting, doubtful } = offering
  const fitting = providersFor(headers, providers)
  const scenes = scenesFor(headers)
  const isResting = (name: ProviderName) => {
    const ways = scenes.filter((scene) => providers.get(name)?.scenes.includes(scene))
    return ways.length > 0 && ways.every((scene) => resting.has(`${name}_${scene}`))
  }
  const why = new Map<ProviderName, Away>(
    fitting.flatMap((name): [ProviderName, Away][] => {
      const reason = unoffered.get(name) ?? (isResting(name) ? 'resting' : doubtful.has(name) ? 'doubtful' : null)
      return reason ? [[name, reason]] : []
    }),
  )
  const isLast = (name: ProviderName) => why.get(name) === 'doubtful'
  const left = fitting.filter((name) => !why.has(name) || isLast(name))
  const offered = left.length > 0 ? left : fitting.filter((name) => why.get(name) !== 'paused')
  return {
    offered: offered.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b))),
    away: new Map([...why].filter(([name, reason]) => !offered.includes(name) || reason === 'doubtful')),
    resting,
  }
}
