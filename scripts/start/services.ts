import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { StartSettings } from './settings.ts'
import { portsBehind } from './web-ports.ts'

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

/**
 * What stands in for the outside world in a shop without settings of its own; they are there before the shop.
 * @param authority the certificate of whoever vouches for the shop's https, where the world does not know it.
 */
export function listDoubles(
  { dataFolder, sandboxPort, mailCatcher }: StartSettings,
  authority: string | null,
): readonly Service[] {
  const doubles: Service[] = []
  if (sandboxPort !== null) {
    const url = `http://localhost:${sandboxPort}`
    doubles.push({
      name: 'Sandbox',
      args: [
        ...['sandbox/start.ts', '--port', String(sandboxPort), '--public-url', url],
        ...['--folder', join(dataFolder, 'sandbox')],
      ],
      environment: authority === null ? {} : { NODE_EXTRA_CA_CERTS: authority },
      ready: { says: '"ready":true' },
      address: `${url}  (pretended payments, faults to switch on)`,
    })
  }
  if (mailCatcher) {
    doubles.push({
      name: 'Mail',
      args: [
        ...['sandbox/mail/start.ts', '--folder', join(dataFolder, 'mail')],
        ...['--port', String(mailCatcher.port), '--smtp-port', String(mailCatcher.smtpPort)],
      ],
      environment: {},
      ready: { says: 'ready' },
      address: `http://localhost:${mailCatcher.port}  (every mail that the shop writes)`,
    })
  }
  return doubles
}

/** The ports that the doubles need, with the settings that move them. */
export const portsOfDoubles = ({ sandboxPort, mailCatcher }: StartSettings) => [
  ...(sandboxPort === null ? [] : [{ port: sandboxPort, what: 'the sandbox gateways', setting: 'SANDBOX_PORT' }]),
  ...(mailCatcher === null
    ? []
    : [
        { port: mailCatcher.port, what: 'caught mail', setting: 'MAIL_PORT' },
        { port: mailCatcher.smtpPort, what: 'catching mail', setting: 'SMTP_PORT' },
      ]),
]

const MerchantFile = z.object({ environment: z.record(z.string(), z.string()) })
const GATEWAYS = ['alipay', 'wechatpay', 'unionpay']

/** What the shop is told of the doubles, once they run: the sandbox makes its keys at its first start. */
export function settingsFromDoubles({ dataFolder, sandboxPort, mailCatcher }: StartSettings): Record<string, string> {
  const merchants = () =>
    GATEWAYS.map((gateway) => join(dataFolder, 'sandbox', gateway, 'merchant.json'))
      .filter((file) => existsSync(file))
      .map((file) => MerchantFile.parse(JSON.parse(readFileSync(file, 'utf8'))).environment)
  return {
    ...(mailCatcher ? { MAIL_URL: `smtp://127.0.0.1:${mailCatcher.smtpPort}` } : {}),
    ...(sandboxPort === null ? {} : Object.assign({ PAYMENTS_MODE: 'sandbox' }, ...merchants())),
  }
}

/** The shop itself, in the order of starting. */
export function listServices(
  settings: StartSettings,
  databaseUrl: string,
  fromDoubles: Readonly<Record<string, string>>,
): readonly Service[] {
  const environment = {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: settings.publicUrl,
    NODE_ENV: settings.development ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PHOTOS_DIR: settings.photosFolder,
    PORT: String(settings.port),
    ...fromDoubles,
  }
  const web = (name: string, port: number, address: string | null): Service => ({
    name,
    args: [NEXT, settings.development ? 'dev' : 'start', '-H', settings.host, '-p', String(port)],
    environment: { ...environment, PORT: String(port) },
    ready: { answers: `http://${reachable(settings.host)}:${port}/api/health` },
    address,
  })
  const behind = settings.front && portsBehind(settings)
  return [
    web('Shop', settings.port, behind ? null : settings.publicUrl),
    ...(behind ? [web('Shop 2', behind.shop[1], null), web('Notifications', behind.notify, null)] : []),
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
