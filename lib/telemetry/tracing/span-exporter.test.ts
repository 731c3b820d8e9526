import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ContextStorage } from './context-storage.ts'
import type { FinishedSpan } from './finished-span.ts'
import { exportSpans } from './span-exporter.ts'
import { ShopTracer } from './tracer.ts'

beforeAll(() => {
  context.setGlobalContextManager(new ContextStorage())
})
afterAll(() => context.disable())

const TROUBLE: unknown[] = []
const exporterTo = (url: string) =>
  exportSpans({
    url,
    headers: { 'x-key': 'k' },
    resource: { 'service.name': 'comptoir' },
    onTrouble: (_, lost) => TROUBLE.push(lost),
  })

test('what is done within a span is below it, and a collector reads all of it', async () => {
  const got: { headers: Record<string, unknown>; body: string }[] = []
  const collector = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    got.push({ headers: request.headers, body })
    response.writeHead(200).end('{}')
  })
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done))
  onTestFinished(() => void collector.close())
  const exporter = exporterTo(`http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`)
  const tracer = new ShopTracer(exporter.take)

  await tracer.startActiveSpan(
    'outer',
    { kind: SpanKind.SERVER, attributes: { 'http.target': '/en/order/S' } },
    async (outer) => {
      await Promise.resolve()
      const inner = tracer.startSpan('fetch GET http://g/?secret=1', { attributes: { n: 2, ok: true, list: ['a'] } })
      inner.recordException(new Error('with values'))
      inner.setStatus({ code: SpanStatusCode.ERROR })
      inner.end()
      inner.end()
      outer.end()
    },
  )
  await exporter.flush()

  expect(got).toHaveLength(1)
  expect(got[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'x-key': 'k' })
  const { resourceSpans } = JSON.parse(got[0]?.body ?? '')
  const [inner, outer] = resourceSpans[0].scopeSpans[0].spans
  expect(resourceSpans[0].resource.attributes).toEqual([{ key: 'service.name', value: { stringValue: 'comptoir' } }])
  expect(outer).toMatchObject({ name: 'outer', kind: 2, attributes: [] })
  expect(inner).toMatchObject({
    name: 'fetch GET http://g/',
    kind: 1,
    traceId: outer.traceId,
    parentSpanId: outer.spanId,
    status: { code: 2 },
    attributes: [
      { key: 'n', value: { intValue: '2' } },
      { key: 'ok', value: { boolValue: true } },
      { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
    ],
  })
  expect(JSON.stringify(inner.events)).not.toContain('with values')
  expect(inner.traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(BigInt(outer.endTimeUnixNano) >= BigInt(inner.endTimeUnixNano)).toBe(true)
  expect(outer.startTimeUnixNano).toMatch(/^\d{19}$/)
})

test('a collector that is away costs spans and nothing else', async () => {
  const exporter = exporterTo('http://127.0.0.1:9/v1/traces')
  const taken: FinishedSpan[] = []
  const tracer = new ShopTracer((span) => {
    taken.push(span)
    exporter.take(span)
  })
  for (let n = 0; n < 3; n++) tracer.startSpan(`s${n}`).end()
  await exporter.flush()
  expect([taken.length, TROUBLE]).toEqual([3, [3]])
  expect(trace.getSpanContext(context.active())).toBeUndefined()
})
