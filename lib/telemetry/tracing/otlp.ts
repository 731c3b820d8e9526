import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { FinishedSpan } from './finished-span.ts'

type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: AnyValue[] } }

function anyValue(value: AttributeValue): AnyValue {
  if (Array.isArray(value)) return { arrayValue: { values: value.filter((one) => one != null).map(anyValue) } }
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: Number(value) }
}

const keyValues = (attributes: Attributes) =>
  Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: anyValue(value) }]))

/** Nanoseconds are beyond what a number can count. */
const nanos = (millis: number): string => String(BigInt(Math.round(millis * 1_000)) * 1_000n)

const spanJson = (span: FinishedSpan) => ({
  traceId: span.context.traceId,
  spanId: span.context.spanId,
  ...(span.parentSpanId && { parentSpanId: span.parentSpanId }),
  name: span.name,
  kind: span.kind + 1,
  startTimeUnixNano: nanos(span.startedAt),
  endTimeUnixNano: nanos(span.endedAt),
  attributes: keyValues(span.attributes),
  events: span.events.map(({ name, at, attributes }) => ({
    name,
    timeUnixNano: nanos(at),
    attributes: keyValues(attributes),
  })),
  links: span.links.map(({ context: { traceId, spanId }, attributes }) => ({
    ...{ traceId, spanId },
    attributes: keyValues(attributes ?? {}),
  })),
  status: span.status,
})

/**
 * Spans as the body of a request to `/v1/traces`.
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding (1.x, read in November 2026)
 */
export const otlpBody = (spans: readonly FinishedSpan[], resource: Attributes): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: keyValues(resource) },
        scopeSpans: [{ scope: { name: 'comptoir' }, spans: spans.map(spanJson) }],
      },
    ],
  })
