import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { receiveNotification } from '../checkout/receive-notification.ts'
import { startPayment } from '../checkout/start-payment.ts'
import { createFakeGateway } from '../checkout/testing/fake-gateway.ts'
import { queryAttempt } from '../jobs/query-attempt.ts'
import { observeProvider } from './observe-provider.ts'
import { inPaymentTrace, orderOfTrade, traceOfOrder } from './payment-trace.ts'
import { ContextStorage } from './tracing/context-storage.ts'
import type { FinishedSpan } from './tracing/finished-span.ts'
import { ShopTracer } from './tracing/tracer.ts'

const NOW = new Date('2026-11-21T12:00:00.000Z')
const spans: FinishedSpan[] = []

beforeAll(async () => {
  const tracer = new ShopTracer((span) => spans.push(span))
  context.setGlobalContextManager(new ContextStorage())
  trace.setGlobalTracerProvider({ getTracer: () => tracer })
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
afterAll(() => {
  context.disable()
  trace.disable()
})

test('a payment is one trace, from the press of the button over the gateway’s message to the worker’s question', async () => {
  const gateway = createFakeGateway()
  const provider = observeProvider(gateway.provider)
  const { orderId, number } = await placeSample({ 'CPT-RT90-CEL': 1 }, NOW)
  const about = { orderId, expiresAt: new Date(NOW.getTime() + 1_800_000), subject: 'x', returnUrl: 'http://s/' }
  const tracer = trace.getTracer('test')

  // The press of the button, in a request's own trace.
  await tracer.startActiveSpan('POST /pay', async (request) => {
    await inPaymentTrace(number, 'start payment', () =>
      startPayment(provider, { ...about, scene: { kind: 'qr' } }, NOW),
    )
    request.end()
  })
  const [outTradeNo = ''] = gateway.numbers()
  const attempt = await findAttempt({ provider: 'alipay', outTradeNo })
  // The worker asks, in a job's own trace, and does not get through.
  gateway.failNext('before')
  await tracer.startActiveSpan('job query-attempt', async (job) => {
    await queryAttempt(new Map([['alipay', provider]]), attempt?.id ?? '', NOW)
    job.end()
  })
  gateway.pay(outTradeNo, NOW)
  const body = new TextEncoder().encode(JSON.stringify({ outTradeNo }))
  await receiveNotification(provider, { headers: new Headers(), body }, NOW)

  const ofPayment = spans.filter(({ context: { traceId } }) => traceId === traceOfOrder(number))
  expect(ofPayment.map(({ name }) => name)).toEqual([
    'alipay create',
    'start payment',
    'alipay query',
    'ask about attempt',
    'alipay notification',
  ])
  expect(ofPayment.map(({ attributes }) => attributes['order.number'])).toEqual(ofPayment.map(() => number))
  const [create, start, query, ask, notification] = ofPayment
  expect(create?.parentSpanId).toBe(start?.context.spanId)
  expect(query?.parentSpanId).toBe(ask?.context.spanId)
  expect(query?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'unknown' })
  expect([start, ask, notification].map((span) => span?.parentSpanId)).toEqual([null, null, null])
  const causes = spans.filter(({ name }) => name === 'POST /pay' || name === 'job query-attempt')
  expect([start, ask].flatMap((span) => span?.links.map((link) => link.context.spanId))).toEqual(
    causes.map((span) => span.context.spanId),
  )
  expect(orderOfTrade(outTradeNo)).toBe(number)
})
