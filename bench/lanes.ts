/** What a bounded run gave: how many a second, and the pace of the single ones in ms. */
export type Pace = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

/** Does `work` for each item, `count` at a time. Stops at the first that throws. */
export async function inLanes<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<Pace> {
  const waiting = items.values()
  const tookMs: number[] = []
  const startedAt = performance.now()
  const lane = async () => {
    for (const item of waiting) {
      const from = performance.now()
      await work(item)
      tookMs.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: count }, lane))
  const perSecond = (items.length * 1000) / (performance.now() - startedAt)
  const sorted = tookMs.toSorted((a, b) => a - b)
  const at = (part: number) => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10
  return { perSecond, p50Ms: at(0.5), p99Ms: at(0.99) }
}
