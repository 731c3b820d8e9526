import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Service } from './services.ts'
import type { StartSettings } from './settings.ts'
import { StartFailure } from './start-failure.ts'
import { portsBehind } from './web-ports.ts'

export type Front = { readonly httpsPort: number; readonly httpPort: number }

const OLDEST = [2, 6] as const

/** Caddy of this machine. @throws {StartFailure} that says how to get it. */
export function findCaddy(path = process.env['CADDY_PATH'] ?? 'caddy'): string {
  const version = /v?(\d+)\.(\d+)/.exec(askVersion(path))
  const [major = 0, minor = 0] = version?.slice(1).map(Number) ?? []
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return path
  throw new StartFailure(
    'start:https needs Caddy 2.6 or newer: on Debian apt install caddy, elsewhere https://caddyserver.com/docs/install, or set CADDY_PATH.',
  )
}

function askVersion(path: string): string {
  try {
    return execFileSync(path, ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

const homeOf = ({ dataFolder }: StartSettings) => join(dataFolder, 'caddy')

/** The certificate of the front's own authority, once Caddy has made it: who speaks to the shop by https needs it. */
export const authorityFile = (settings: StartSettings): string =>
  join(homeOf(settings), 'caddy/pki/authorities/local/root.crt')

/** Caddy with `deploy/Caddyfile`, its certificates below the data folder. */
export function frontService(settings: StartSettings, front: Front, caddy: string): Service {
  const { hostname } = new URL(settings.publicUrl)
  const { shop, notify } = portsBehind(settings)
  const home = homeOf(settings)
  return {
    name: 'Front',
    args: ['scripts/start/front.mjs', caddy, 'deploy/Caddyfile', String(front.httpsPort), hostname],
    environment: {
      PUBLIC_URL: settings.publicUrl,
      SHOP_HOST: hostname,
      HTTP_PORT: String(front.httpPort),
      HTTPS_PORT: String(front.httpsPort),
      SHOP_UPSTREAMS: shop.map((port) => `127.0.0.1:${port}`).join(' '),
      NOTIFY_UPSTREAM: `127.0.0.1:${notify}`,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
    },
    ready: { says: 'front answers' },
    address: `${settings.publicUrl}  (Caddy; own authority: ${authorityFile(settings)})`,
  }
}
