import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { startOfShanghaiDay } from '../../domain/shanghai-time.ts'
import type { CreateRequest, PaymentProvider, ProviderName, Scene } from '../../payments/port.ts'
import { createRegistry, type PaymentRegistry } from '../../payments/registry.ts'

const Ready = z.object({ url: z.string(), gateways: z.record(z.string(), z.object({ merchantFile: z.string() })) })
const MerchantFile = z.object({ environment: z.record(z.string(), z.string()) })
const HOUR_MS = 3_600_000

const SCENES = {
  alipay: { kind: 'page' },
  wechatpay: { kind: 'qr' },
  unionpay: { kind: 'form', device: 'computer' },
} as const satisfies Record<ProviderName, Scene>

export type RunningGateways = {
  readonly providers: PaymentRegistry
  readonly now: () => Date
  /** Makes it so many hours after midnight of `day` in Shanghai, for the gateways and for `now`. */
  readonly setTime: (day: string, hours: number) => Promise<void>
  /** Creates a trade by the provider's own messages and pays it as a buyer would. */
  readonly pay: (
    provider: PaymentProvider,
    trade: Pick<CreateRequest, 'outTradeNo' | 'amount' | 'startedAt'>,
  ) => Promise<void>
  /** The switchboard. */
  readonly control: (path: string, body?: object) => Promise<void>
  readonly stop: () => Promise<void>
}

/** The sandbox in a process of its own: the shop's providers talk to it over HTTP, as to the real ones. */
export async function startGateways(): Promise<RunningGateways> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-gateways-'))
  const port = await freePort()
  const script = new URL('../../../sandbox/start.ts', import.meta.url).pathname
  const sandbox = spawn(process.execPath, [script, '--port', `${port}`, '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!sandbox.stdout) throw new Error('no output')
  const [line] = await once(createInterface(sandbox.stdout), 'line')
  const { url, gateways } = Ready.parse(JSON.parse(line))
  const merchants = Object.values(gateways).map(
    ({ merchantFile }) => MerchantFile.parse(JSON.parse(readFileSync(merchantFile, 'utf8'))).environment,
  )
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  const values = { PAYMENTS_MODE: 'sandbox', PUBLIC_URL: 'http://127.0.0.1:9', ...Object.assign({}, ...merchants) }
  const providers = createRegistry(values, { readFile: (path) => readFileSync(path), clock: now })

  const post = async (address: string, body?: URLSearchParams | string) => {
    const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
    const headers = { origin: url, ...type }
    const response = await fetch(address, { method: 'POST', redirect: 'manual', headers, ...(body && { body }) })
    if (response.status >= 400) throw new Error(`${address} answered ${response.status}: ${await response.text()}`)
    await response.body?.cancel()
  }
  const control = (path: string, body: object = {}) => post(`${url}/api${path}`, JSON.stringify(body))

  return {
    providers,
    now,
    control,
    async setTime(day, hours) {
      const start = startOfShanghaiDay(day)
      if (!start) throw new RangeError(day)
      offsetMs = start.getTime() + hours * HOUR_MS - Date.now()
      await control('/clock', { offset_ms: offsetMs })
    },
    async pay(provider, trade) {
      const created = await provider.create({
        ...trade,
        scene: SCENES[provider.name],
        subject: '青瓷茶壶',
        payBefore: new Date(now().getTime() + HOUR_MS / 2),
        returnUrl: 'http://127.0.0.1:9/zh/return',
      })
      if (!created.ok) throw new Error(JSON.stringify(created.error))
      const action = created.value
      if (action.kind === 'form')
        await post(action.url, new URLSearchParams(action.fields.map(([name, value]) => [name, value])))
      if (action.kind !== 'redirect') return control(`/${provider.name}/trades/${trade.outTradeNo}/pay`)
      const arrived = await fetch(action.url, { redirect: 'manual' })
      await post(`${arrived.headers.get('location')}/pay`)
    },
    async stop() {
      sandbox.kill('SIGTERM')
      await once(sandbox, 'exit')
      rmSync(folder, { recursive: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  server.close()
  await once(server, 'close')
  return port
}
