import 'server-only'
import { context, trace } from '@opentelemetry/api'
import { log } from '../../log.ts'
import { ContextStorage } from './context-storage.ts'
import { exportSpans, type SpanExporter } from './span-exporter.ts'
import { ShopTracer } from './tracer.ts'

type Values = Readonly<Record<string, string | undefined>>

/**
 * Begins to record traces where `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector; without it nothing is recorded and
 * nothing costs. The variables are OpenTelemetry's own. @returns what sends the last of them, or null when it is off.
 */
export function startTracing(values: Values, process: 'web' | 'worker'): SpanExporter | null {
  const endpoint = values['OTEL_EXPORTER_OTLP_ENDPOINT']
  if (!endpoint) return null
  const exporter = exportSpans({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: readHeaders(values['OTEL_EXPORTER_OTLP_HEADERS'] ?? ''),
    resource: { 'service.name': values['OTEL_SERVICE_NAME'] || 'comptoir', 'service.component': process },
    onTrouble: (err, lost) => log.warn({ err, lost }, 'traces could not be sent'),
  })
  const tracer = new ShopTracer(exporter.take)
  context.setGlobalContextManager(new ContextStorage())
  trace.setGlobalTracerProvider({ getTracer: () => tracer })
  return exporter
}

/** `name=value,name=value`, values as in an address. */
const readHeaders = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [name = '', ...value] = pair.split('=')
      return name.trim() === '' ? [] : [[name.trim(), decodeURIComponent(value.join('=').trim())]]
    }),
  )
