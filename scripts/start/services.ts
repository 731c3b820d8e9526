import type { StartSettings } from './settings.ts'

/** One process of the shop, as data: adding one here starts it, waits for it, shows it and stops it. */
export type Service = {
  readonly name: string
  /** What `node` is given. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** How one sees that it does its work: an address that answers 2xx, or words on its stdout. */
  readonly ready: { readonly answers: string } | { readonly says: string }
  /** The line of the closing table; null for what a person never visits. */
  readonly address: string | null
}

const NEXT = 'node_modules/next/dist/bin/next'
const SERVER_ONLY = '--conditions=react-server'

/** Everything that runs beside the database, the shop first. */
export function listServices(settings: StartSettings, databaseUrl: string): readonly Service[] {
  const environment = {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: settings.publicUrl,
    NODE_ENV: settings.development ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(settings.port),
  }
  return [
    {
      name: 'Shop',
      args: [NEXT, settings.development ? 'dev' : 'start', '-H', settings.host, '-p', String(settings.port)],
      environment,
      ready: { answers: `http://${reachable(settings.host)}:${settings.port}/api/health` },
      address: settings.publicUrl,
    },
    {
      name: 'Worker',
      args: [...(settings.development ? ['--watch'] : []), SERVER_ONLY, 'lib/jobs/worker.ts'],
      environment,
      ready: { says: 'worker started' },
      address: null,
    },
  ]
}

/** An address to listen on, as one to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
