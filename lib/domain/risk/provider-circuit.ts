/** A call of ours to a provider. `answered`: it said something that can be believed, be it a refusal. */
export type ProviderCall = { readonly at: Date; readonly answered: boolean }

/** So many calls in a row without an answer, and the provider counts as unreachable. */
export const UNANSWERED_IN_A_ROW = 3
/** Older calls say nothing about now: without a probe the provider is tried again after this time. */
export const CALLS_COUNT_FOR_MS = 120_000
/** How often an unreachable provider is asked whether it is back. */
export const PROBE_EVERY_MS = 20_000

/**
 * Whether a provider can be reached, by our own latest calls: not when the last three of them had no answer. One answer is
 * enough for it to be back, so a probe every 20 s brings it back within that.
 * @param calls the latest first.
 */
export function isReachable(calls: readonly ProviderCall[], now: Date): boolean {
  const recent = calls.filter(({ at }) => now.getTime() - at.getTime() <= CALLS_COUNT_FOR_MS)
  const latest = recent.slice(0, UNANSWERED_IN_A_ROW)
  return latest.length < UNANSWERED_IN_A_ROW || latest.some(({ answered }) => answered)
}

/** So many disputed reports of one provider within a day, and it is paused until a person has looked. */
export const DISPUTES_UNTIL_PAUSE = 3
