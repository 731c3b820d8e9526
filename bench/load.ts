import autocannon from 'autocannon'

export type LoadRequest = {
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Load = {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  /** Makes each request anew; without it every request is a plain GET. */
  readonly nextRequest?: () => LoadRequest
}

/** What one bounded run over HTTP gave. `failed` counts errors, time-outs and answers outside 2xx. */
export type LoadResult = {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failed: number
}

export async function load({ url, connections, seconds, nextRequest }: Load): Promise<LoadResult> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(nextRequest ? { requests: [{ setupRequest: (request) => ({ ...request, ...nextRequest() }) }] } : {}),
  })
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
