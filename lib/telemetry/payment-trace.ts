import { createHash } from 'node:crypto'
import { type Attributes, context, type Link, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import { withLogFields } from './log-fields.ts'

/** Digits that an attempt adds to the number of its order. */
const ATTEMPT_DIGITS = 2
/** Says “no span”; only the trace is given. */
const NO_SPAN = ''

/** The order that an attempt's number belongs to. */
export const orderOfTrade = (outTradeNo: string): string => outTradeNo.slice(0, -ATTEMPT_DIGITS)

/**
 * The trace of a payment follows from its order's number. So whoever works on it (a page, a message of the provider days
 * later, any process of any release) has the same one without being told, and staff find it by what the shopper reads.
 */
export const traceOfOrder = (number: string): string =>
  createHash('sha256').update(`comptoir order ${number}`).digest('hex').slice(0, 32)

/** Runs `work` as a span of the order's trace, with the number in each line of the log. Linked to what caused it. */
export function inPaymentTrace<T>(
  number: string,
  name: string,
  work: () => Promise<T>,
  attributes: Attributes = {},
): Promise<T> {
  const traceId = traceOfOrder(number)
  const cause = trace.getSpanContext(context.active())
  const isWithin = cause?.traceId === traceId
  const links: Link[] = cause && !isWithin ? [{ context: cause }] : []
  const within = isWithin
    ? context.active()
    : trace.setSpanContext(context.active(), { traceId, spanId: NO_SPAN, traceFlags: TraceFlags.SAMPLED })
  const tracer = trace.getTracer('comptoir')
  return withLogFields({ order: number }, () =>
    tracer.startActiveSpan(
      name,
      { attributes: { 'order.number': number, ...attributes }, links },
      within,
      async (span) => {
        try {
          return await work()
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR })
          span.recordException(error as Error)
          throw error
        } finally {
          span.end()
        }
      },
    ),
  )
}
