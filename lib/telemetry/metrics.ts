import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { processWide } from './process-wide.ts'

/** Seconds. From what a cached page takes to what a gateway is waited for. */
const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20]

/**
 * What this process counts by itself since it began; what is true of the whole shop is read from the database when
 * somebody asks (`db/health`). Names and labels are an interface: dashboards are built on them (docs/operations.md).
 */
const metrics = processWide('metrics', () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'comptoir_process_' })
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS, registers: [registry] })
  return {
    registry,
    requests: histogram('comptoir_http_request_seconds', 'Requests by the door that they came to', [
      'door',
      'method',
      'status',
    ]),
    notifications: histogram('comptoir_notification_seconds', 'Messages of providers by what became of them', [
      'provider',
      'verdict',
    ]),
    gatewayCalls: histogram('comptoir_gateway_call_seconds', 'Our calls to providers by how they ended', [
      'provider',
      'call',
      'outcome',
    ]),
  }
})

type Seconds = number

/** @param door of a known set (`door-of.ts`), never a whole path: each value is kept for as long as the process lives. */
export const countRequest = (door: string, method: string, status: number, seconds: Seconds): void =>
  metrics.requests.observe({ door, method, status: String(status) }, seconds)

/** @param verdict how it was answered: `accepted`, `refused`, `retry`. */
export const countNotification = (provider: string, verdict: string, seconds: Seconds): void =>
  metrics.notifications.observe({ provider, verdict }, seconds)

/** @param outcome `ok` or the code of the refusal. */
export const countGatewayCall = (provider: string, call: string, outcome: string, seconds: Seconds): void =>
  metrics.gatewayCalls.observe({ provider, call, outcome }, seconds)

/** All of this process, in the text format of Prometheus. */
export const processMetrics = (): Promise<string> => metrics.registry.metrics()
