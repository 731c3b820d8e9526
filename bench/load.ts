import autocannon from 'autocannon'

export type Load = { readonly url: string; readonly connections: number; readonly seconds: number }

/** What one bounded run over HTTP gave. `failed` counts errors, time-outs and answers outside 2xx. */
export type LoadResult = {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failed: number
}

export async function loadPage({ url, connections, seconds }: Load): Promise<LoadResult> {
  const result = await autocannon({ url, connections, duration: seconds })
  return {
    perSecond: result.requests.average,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failed: result.errors + result.timeouts + result.non2xx,
  }
}

/** The middle value; of an even count the lower one. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}
