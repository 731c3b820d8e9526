import { connection } from 'next/server'
import { readGauges } from '#db/health/read-gauges.ts'
import { env } from '#lib/env.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { gaugeText } from '#lib/telemetry/gauge-text.ts'
import { mayReadMetrics } from '#lib/telemetry/may-read-metrics.ts'
import { processMetrics } from '#lib/telemetry/metrics.ts'

const TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Figures for Prometheus, of this process and of the shop. For this machine, or with `METRICS_TOKEN`; else 404. */
export async function GET(request: Request): Promise<Response> {
  await connection()
  const asked = { ip: clientIp(request.headers), authorization: request.headers.get('authorization') }
  if (!mayReadMetrics(asked, env.METRICS_TOKEN)) return new Response(null, { status: 404 })
  const [own, gauges] = await Promise.all([processMetrics(), readGauges(new Date())])
  return new Response(`${own}\n${gaugeText(gauges)}`, {
    headers: { 'content-type': TYPE, 'cache-control': 'no-store' },
  })
}
