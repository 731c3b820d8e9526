import type { Attributes } from '@opentelemetry/api'
import type { FinishedSpan } from './finished-span.ts'
import { otlpBody } from './otlp.ts'

const EVERY_MS = 2_000
const AT_ONCE = 500
const WAITING_AT_MOST = 5_000
const ANSWER_WITHIN_MS = 5_000

export type Collector = {
  /** The whole address, with `/v1/traces`. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly resource: Attributes
  readonly onTrouble: (err: unknown, lost: number) => void
}

export type SpanExporter = { readonly take: (span: FinishedSpan) => void; readonly flush: () => Promise<void> }

/**
 * Sends spans to a collector, a few hundred at once. Nothing waits for it: when the collector is away, spans are lost
 * and the shop goes on.
 */
export function exportSpans({ url, headers, resource, onTrouble }: Collector): SpanExporter {
  let waiting: FinishedSpan[] = []
  let timer: NodeJS.Timeout | null = null

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    const spans = waiting
    waiting = []
    for (let from = 0; from < spans.length; from += AT_ONCE) await send(spans.slice(from, from + AT_ONCE))
  }

  async function send(spans: readonly FinishedSpan[]): Promise<void> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: otlpBody(spans, resource),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      await response.arrayBuffer()
      if (!response.ok) onTrouble(new Error(`the collector answered ${response.status}`), spans.length)
    } catch (err) {
      onTrouble(err, spans.length)
    }
  }

  return {
    take: (span) => {
      if (waiting.length >= WAITING_AT_MOST) return
      waiting.push(span)
      timer ??= setTimeout(() => void flush(), EVERY_MS).unref()
    },
    flush,
  }
}
