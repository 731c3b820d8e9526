import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import {
  type Context,
  context,
  type Span,
  SpanKind,
  type SpanOptions,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { type FinishedSpan, toMillis } from './finished-span.ts'
import { RecordedSpan } from './recorded-span.ts'

type Work = (span: Span) => unknown

/** Chance and time are asked for outside of a render: while it prerenders a page, Next refuses both. */
const outside = AsyncLocalStorage.snapshot()
const randomId = (bytes: number) => outside(() => randomBytes(bytes).toString('hex'))
const clock = () => outside(() => performance.timeOrigin + performance.now())

/**
 * OpenTelemetry's tracer, as far as this shop and Next use one: every span is kept. A parent of which only the trace is
 * known (`payment-trace.ts`) makes a first span of that trace.
 */
export class ShopTracer implements Tracer {
  readonly #ended: (span: FinishedSpan) => void

  constructor(ended: (span: FinishedSpan) => void) {
    this.#ended = ended
  }

  startSpan(name: string, options: SpanOptions = {}, within: Context = context.active()): Span {
    const parent = options.root ? undefined : trace.getSpanContext(within)
    const spanContext = {
      traceId: parent?.traceId ?? randomId(16),
      spanId: randomId(8),
      traceFlags: TraceFlags.SAMPLED,
    }
    const begun = {
      name,
      kind: options.kind ?? SpanKind.INTERNAL,
      context: spanContext,
      parentSpanId: parent?.spanId || null,
      startedAt: toMillis(options.startTime, clock()),
      attributes: options.attributes ?? {},
      links: options.links ?? [],
    }
    return new RecordedSpan(begun, this.#ended)
  }

  startActiveSpan<F extends Work>(name: string, work: F): ReturnType<F>
  startActiveSpan<F extends Work>(name: string, options: SpanOptions, work: F): ReturnType<F>
  startActiveSpan<F extends Work>(name: string, options: SpanOptions, within: Context, work: F): ReturnType<F>
  startActiveSpan<F extends Work>(name: string, ...rest: readonly (SpanOptions | Context | F)[]): ReturnType<F> {
    const work = rest.at(-1) as F
    const options = rest.length > 1 ? (rest[0] as SpanOptions) : {}
    const within = rest.length > 2 ? (rest[1] as Context) : context.active()
    const span = this.startSpan(name, options, within)
    return context.with(trace.setSpan(within, span), work as (span: Span) => ReturnType<F>, undefined, span)
  }
}
