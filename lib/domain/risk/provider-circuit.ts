/**
 * A call of ours to a provider. `answered`: it said something that can be believed, be it a refusal. A call that was to
 * begin a payment names its way (`scene`) and order, and whether it was refused.
 */
export type ProviderCall = {
  readonly at: Date
  readonly answered: boolean
  readonly tookMs: number
  readonly scene: string | null
  readonly order: string | null
  readonly refused: boolean
}

/** So many calls in a row without an answer, and the provider counts as unreachable. */
export const UNANSWERED_IN_A_ROW = 3
/** Older calls say nothing about now: without a probe the provider is tried again after this time. */
export const CALLS_COUNT_FOR_MS = 120_000
/** How often a provider that left a call unanswered is asked whether it is there. */
export const PROBE_EVERY_MS = 5_000
/** An answer later than this is one that shoppers do not wait for. */
export const SLOW_MS = 5_000

/** So many beginnings in a row by one way that all failed, and the way is not offered for a while. */
const FAILED_IN_A_ROW = 3
const BEGINNINGS_COUNT_FOR_MS = 600_000
/** Then the next shopper is the probe: one success and the way is back, one failure and it rests again. */
export const WAY_RESTS_MS = 60_000

const since = (now: Date, ms: number) => (call: ProviderCall) => now.getTime() - call.at.getTime() <= ms

/**
 * Whether a provider can be reached, by our own latest calls: not when the last three of them had no answer. One answer is
 * enough for it to be back, so the probes bring it back within seconds.
 * @param calls the latest first.
 */
export function isReachable(calls: readonly Pick<ProviderCall, 'at' | 'answered'>[], now: Date): boolean {
  const recent = calls.filter(({ at }) => now.getTime() - at.getTime() <= CALLS_COUNT_FOR_MS)
  const latest = recent.slice(0, UNANSWERED_IN_A_ROW)
  return latest.length < UNANSWERED_IN_A_ROW || latest.some(({ answered }) => answered)
}

/** True where two of the last six calls had no answer or a slow one: the provider is offered, after the others. */
export function isDoubtful(calls: readonly ProviderCall[], now: Date): boolean {
  const latest = calls.filter(since(now, CALLS_COUNT_FOR_MS)).slice(0, 6)
  return latest.filter(({ answered, tookMs }) => !answered || tookMs >= SLOW_MS).length >= 2
}

/**
 * Whether one way to pay rests: the last three beginnings by it failed, the last of them within the minute. Refusals
 * count where they met several orders; one order alone may be refused for its own sake.
 * @param calls of the provider, the latest first.
 */
export function isResting(calls: readonly ProviderCall[], scene: string, now: Date): boolean {
  const latest = calls
    .filter((call) => call.scene === scene && since(now, BEGINNINGS_COUNT_FOR_MS)(call))
    .slice(0, FAILED_IN_A_ROW)
  const [last] = latest
  if (!last || latest.length < FAILED_IN_A_ROW || latest.some(({ answered, refused }) => answered && !refused))
    return false
  const isOneOrder = latest.every(({ refused }) => refused) && new Set(latest.map(({ order }) => order)).size === 1
  return !isOneOrder && since(now, WAY_RESTS_MS)(last)
}

/** So many disputed reports of one provider within a day, and it is paused until a person has looked. */
export const DISPUTES_UNTIL_PAUSE = 3
