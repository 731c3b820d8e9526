import { join, resolve } from 'node:path'
import { z } from 'zod'
import { StartFailure } from './start-failure.ts'

const Port = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a port number' })
    .int('must be a port number')
    .min(1, 'must be 1 to 65535')
    .max(65_535, 'must be 1 to 65535')
    .default(fallback)

const Settings = z.object({
  HTTPS_PORT: Port(3443),
  HTTP_PORT: Port(3480),
  HOST: z.string().min(1, 'must be an address to listen on').default('127.0.0.1'),
  PORT: Port(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  DATABASE_PORT: Port(5433),
  DATA_DIR: z.string().min(1, 'must be a folder').default('.data'),
  PHOTOS_DIR: z.string().min(1, 'must be a folder').optional(),
  SANDBOX_PORT: Port(3100),
  MAIL_PORT: Port(3080),
  SMTP_PORT: Port(3025),
  DEMO_ORDERS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  MAIL_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional(),
})

/** One of these in the environment means that the shop takes payments by itself, so no sandbox gateway is started. */
const PAYMENT_SETTING = /^(?:PAYMENTS_MODE$|ALIPAY_|WECHATPAY_|UNIONPAY_)/

export type StartSettings = {
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  /** Null: the embedded server in `dataFolder`. */
  readonly databaseUrl: string | null
  readonly databasePort: number
  /** Absolute; everything that the shop keeps on disk. */
  readonly dataFolder: string
  /** Absolute; photographs that the staff uploaded. */
  readonly photosFolder: string
  readonly development: boolean
  /** Where Caddy listens in front of several web processes; null without it. */
  readonly front: { readonly httpsPort: number; readonly httpPort: number } | null
  /** Whether the customer of a new demonstration has ordered before. */
  readonly demoOrders: boolean
  /** Where the sandbox gateways listen; null when real payment settings are there. */
  readonly sandboxPort: number | null
  /** Where caught mail can be read, and caught; null when mail goes to a server of the operator's. */
  readonly mailCatcher: { readonly port: number; readonly smtpPort: number } | null
}

/** Reads the settings of the launcher. @throws {StartFailure} that names each wrong setting and says what it must be. */
export function readSettings(environment: NodeJS.ProcessEnv, args: readonly string[]): StartSettings {
  // An empty variable is what a shell leaves behind where one meant "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
    throw new StartFailure(`A setting is not right: ${wrong.join('; ')}.`)
  }
  const {
    HTTPS_PORT,
    HTTP_PORT,
    HOST,
    PORT,
    PUBLIC_URL,
    DATABASE_URL,
    DATABASE_PORT,
    DATA_DIR,
    PHOTOS_DIR,
    SANDBOX_PORT,
    MAIL_PORT,
    SMTP_PORT,
    MAIL_URL,
    DEMO_ORDERS,
  } = parsed.data
  const front = args.includes('--https') ? readFront(given, { HTTPS_PORT, HTTP_PORT }, PUBLIC_URL) : null
  const publicUrl = PUBLIC_URL ?? (front ? `https://localhost:${front.httpsPort}` : `http://localhost:${PORT}`)
  const paysForReal = Object.keys(given).some((name) => PAYMENT_SETTING.test(name)) || !isLocal(publicUrl)
  demandDistinct({
    PORT,
    ...(DATABASE_URL ? {} : { DATABASE_PORT }),
    ...(paysForReal ? {} : { SANDBOX_PORT }),
    ...(MAIL_URL ? {} : { MAIL_PORT, SMTP_PORT }),
    ...(front && { HTTPS_PORT: front.httpsPort, HTTP_PORT: front.httpPort }),
  })
  return {
    host: HOST,
    port: PORT,
    publicUrl,
    databaseUrl: DATABASE_URL ?? null,
    databasePort: DATABASE_PORT,
    dataFolder: resolve(DATA_DIR),
    photosFolder: resolve(PHOTOS_DIR ?? join(DATA_DIR, 'photos')),
    development: args.includes('--dev'),
    front,
    demoOrders: DEMO_ORDERS === 'on',
    sandboxPort: paysForReal ? null : SANDBOX_PORT,
    mailCatcher: MAIL_URL ? null : { port: MAIL_PORT, smtpPort: SMTP_PORT },
  }
}

/** A shop with an address of its own listens where everybody looks, 443 and 80, unless other ports are set. */
function readFront(
  given: Readonly<Record<string, unknown>>,
  { HTTPS_PORT, HTTP_PORT }: { readonly HTTPS_PORT: number; readonly HTTP_PORT: number },
  publicUrl: string | undefined,
) {
  if (publicUrl === undefined) return { httpsPort: HTTPS_PORT, httpPort: HTTP_PORT }
  if (!publicUrl.startsWith('https:'))
    throw new StartFailure(`A setting is not right: PUBLIC_URL must be https:// for start:https, and is ${publicUrl}.`)
  const named = Number(new URL(publicUrl).port || 443)
  return {
    httpsPort: given['HTTPS_PORT'] === undefined ? named : HTTPS_PORT,
    httpPort: given['HTTP_PORT'] === undefined ? (named === 443 ? 80 : HTTP_PORT) : HTTP_PORT,
  }
}

function demandDistinct(ports: Readonly<Record<string, number>>): void {
  const settingOf = new Map<number, string>()
  for (const [setting, port] of Object.entries(ports)) {
    const other = settingOf.get(port)
    if (other) throw new StartFailure(`A setting is not right: ${other} and ${setting} are both ${port}.`)
    settingOf.set(port, setting)
  }
}

/** Pretended money is for shops that only their own machine can reach. */
const isLocal = (publicUrl: string): boolean =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(publicUrl).hostname)
