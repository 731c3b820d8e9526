import type { Attributes, HrTime, Link, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api'

/** A span that has ended, as it is handed to the exporter. */
export type FinishedSpan = {
  readonly name: string
  readonly kind: SpanKind
  readonly context: SpanContext
  readonly parentSpanId: string | null
  /** Milliseconds since 1970, with a fraction. */
  readonly startedAt: number
  readonly endedAt: number
  readonly attributes: Attributes
  readonly events: readonly { readonly name: string; readonly at: number; readonly attributes: Attributes }[]
  readonly links: readonly Link[]
  readonly status: SpanStatus
}

/** OpenTelemetry's ways to tell a time, as milliseconds since 1970. @param now used where none is told. */
export function toMillis(time: Date | number | HrTime | undefined, now: number): number {
  if (time === undefined) return now
  if (time instanceof Date) return time.getTime()
  if (typeof time === 'number') return time < performance.timeOrigin ? performance.timeOrigin + time : time
  return time[0] * 1_000 + time[1] / 1e6
}
