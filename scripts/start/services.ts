import type { StartSettings } from './settings.ts'

/** One process of the shop, as data: adding one here starts it, waits for it, shows it and stops it. */
export type Service = {
  readonly name: string
  /** What `node` is given. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Answers 2xx once the process can serve; null for one that serves nobody. */
  readonly readyUrl: string | null
  /** The line of the closing table; null for what a person never visits. */
  readonly address: string | null
}

const NEXT = 'node_modules/next/dist/bin/next'
const SERVER_ONLY = '--conditions=react-server'

/** Everything that runs beside the database, in the order of starting. */
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
      readyUrl: `http://${settings.host}:${settings.port}/api/health`,
      address: settings.publicUrl,
    },
    {
      name: 'Worker',
      args: [...(settings.development ? ['--watch'] : []), SERVER_ONLY, 'lib/jobs/worker.ts'],
      environment,
      readyUrl: null,
      address: null,
    },
  ]
}
