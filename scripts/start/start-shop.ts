import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Db } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { makeShopRole } from '#db/shop-role.ts'
import { actionKey } from './action-key.ts'
import { build, buildInputs, buildIsFresh } from './build.ts'
import { checkShopSettings } from './check-shop-settings.ts'
import { openDatabase, type ShopDatabase } from './database.ts'
import { authSecret, DEMO_PASSWORD, DEMO_TOTP_SECRET, demoSignIns } from './demo-sign-ins.ts'
import { authorityFile, findCaddy, frontService } from './front.ts'
import { lockFolder } from './launcher-lock.ts'
import { demandFreePort } from './ports.ts'
import { type ShopProcess, startNode, stopProcess } from './processes.ts'
import { step } from './progress.ts'
import { listDoubles, listServices, portsOfDoubles, type Service, settingsFromDoubles } from './services.ts'
import { readSettings, type StartSettings } from './settings.ts'
import { StartFailure } from './start-failure.ts'
import { untilReady, untilThere } from './until-ready.ts'
import { portsBehind } from './web-ports.ts'

/** How long the processes of a launcher that was killed may take to notice it and go. */
const LEAVING_MS = 5_000

/** What is up, each with how it is taken down; the last that came up goes first. */
const takeDown: (() => Promise<void> | void)[] = []
let stopping = false
let starting: Promise<void> = Promise.resolve()

async function takeAllDown(): Promise<void> {
  for (let stop = takeDown.pop(); stop; stop = takeDown.pop()) {
    try {
      await stop()
    } catch (error) {
      console.error(sentenceOf(error))
    }
  }
}

/** Takes everything down and ends the launcher. The first to call it decides: a signal, a failure, a death. */
async function end(exitCode: number, sentence: string): Promise<void> {
  if (stopping) return
  stopping = true
  if (exitCode === 0) console.log(`\n${sentence}`)
  else console.error(`\n${sentence}`)
  await takeAllDown()
  // A step that was under way may have brought one more thing up.
  await starting.catch(() => undefined)
  await takeAllDown()
  process.exit(exitCode)
}

const sentenceOf = (error: unknown): string => {
  if (error instanceof StartFailure) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Brings the whole shop up and keeps it up until it is told to stop or a part of it ends. */
export async function startShop(args: readonly string[]): Promise<void> {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0, 'Stopping …'))
  starting = bringUp(args)
  await starting.catch((error: unknown) => end(1, sentenceOf(error)))
}

/** One step of the way up; the next one is not begun once we are on the way down. */
function stepUp<T>(what: string, work: () => Promise<T>): Promise<T> {
  if (stopping) throw new StartFailure('Stopped.')
  return step(what, work)
}

async function bringUp(args: readonly string[]): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  forgetEmptySettings()
  const settings = readSettings(process.env, args)
  checkShopSettings(process.env, settings)
  const caddy = settings.front && findCaddy()
  const started = performance.now()
  const lock = lockFolder(settings.dataFolder)
  takeDown.push(lock.release)
  process.env['AUTH_SECRET'] = authSecret(process.env['AUTH_SECRET'], settings.dataFolder)
  process.env['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'] ??= actionKey(process.env['AUTH_SECRET'])
  await demandFreePort({ ...settings, setting: 'PORT' }, 'the shop', lock.lastWasKilled ? LEAVING_MS : 0)
  for (const { port, what, setting } of portsOfDoubles(settings))
    await demandFreePort({ host: '127.0.0.1', port, setting }, what, lock.lastWasKilled ? LEAVING_MS : 0)
  await demandFrontPorts(settings)
  const database = await stepUp('database', () => openDatabase(settings))
  takeDown.push(database.stop)
  void database.ended.then(() => end(1, 'The database server ended, so everything is stopped.'))

  const shop = await stepUp('tables and catalogue', () => prepareDatabase(database, settings))
  const front = settings.front && caddy ? launch(frontService(settings, settings.front, caddy)) : null
  // The pretended gateways tell the shop of payments by https too. Real ones believe the world's authorities.
  const authority = front && settings.sandboxPort !== null ? authorityFile(settings) : null
  if (front && authority) await stepUp('certificates', () => untilThere(authority, front.started))
  const doubles = listDoubles(settings, authority)
  if (doubles.length > 0) await stepUp('sandbox and mail', () => Promise.all(doubles.map(startService)))
  const services = listServices(settings, shop.url, settingsFromDoubles(settings))
  if (!settings.development) await buildIfStale(settings, database, services)
  await stepUp('shop and worker', () => Promise.all(services.map(startService)))
  if (shop.isNewDemo) await stepUp('orders of the demonstration', () => placeDemoOrders(settings, services))
  if (front) {
    await stepUp('front', () => untilUp(front))
    // Down first: what it is asked meanwhile nobody would answer.
    takeDown.push(() => stopProcess(front.started))
  }
  const all = [...(front ? [front.service] : []), ...services, ...doubles]
  printTable(settings, database, all, performance.now() - started)
  if (shop.signIns) console.log(`\n${shop.signIns}`)
  if (shop.warning) console.warn(`\n${shop.warning}`)
}

async function demandFrontPorts({ front, ...settings }: StartSettings): Promise<void> {
  if (!front) return
  const { shop, notify } = portsBehind({ front, ...settings })
  for (const port of [shop[1], notify])
    await demandFreePort({ host: settings.host, port, setting: 'PORT' }, 'a web process behind the front')
  await demandFreePort({ host: '0.0.0.0', port: front.httpsPort, setting: 'HTTPS_PORT' }, 'the front')
  await demandFreePort({ host: '0.0.0.0', port: front.httpPort, setting: 'HTTP_PORT' }, 'the front')
}

/** An empty variable means "not set" to whoever left it empty, for us and for every process that we start. */
function forgetEmptySettings(): void {
  for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]
}

/** What web and worker connect with: a role that cannot change the books, where one can be had. */
type ShopAccess = {
  readonly url: string
  readonly warning: string | null
  /** Who may come in, in a demonstration. */
  readonly signIns: string | null
  /** True for a demonstration whose people came just now, and have done nothing yet. */
  readonly isNewDemo: boolean
}

async function prepareDatabase({ url }: ShopDatabase, settings: StartSettings): Promise<ShopAccess> {
  await migrateDatabase(url)
  const role = await makeShopRole(url)
  // The client reads its setting when it is loaded.
  process.env['DATABASE_URL'] = url
  const { db, sql } = await import('#db/client.ts')
  const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
  await seedCatalog(db, new Date())
  const people = await preparePeople(db, settings)
  await sql.end()
  if (role.ok) return { url: role.value.url, warning: null, ...people }
  const sentence = 'The shop connects as the owner of its tables, so that only triggers protect its books'
  return { url, warning: `${sentence}: no role of its own could be used (${role.error.reason}).`, ...people }
}

/** Lets the people of the demonstration in where no money moves, and out where it does. */
async function preparePeople(
  db: Db,
  { sandboxPort, publicUrl, demoOrders }: StartSettings,
): Promise<Pick<ShopAccess, 'signIns' | 'isNewDemo'>> {
  const now = new Date()
  if (sandboxPort === null) {
    const { endDemoAccounts } = await import('#db/accounts/end-demo-accounts.ts')
    await endDemoAccounts(db, now)
    return { signIns: null, isNewDemo: false }
  }
  const { DEMO_PEOPLE, seedDemoAccounts } = await import('#db/accounts/seed-demo-accounts.ts')
  const { hashPassword } = await import('#lib/auth/password.ts')
  const { sealText } = await import('#lib/auth/seal-text.ts')
  const [passwordHash, sealedTotp] = [await hashPassword(DEMO_PASSWORD), sealText('second-factor', DEMO_TOTP_SECRET)]
  const areNew = await seedDemoAccounts(db, { passwordHash, sealedTotp }, now)
  return { signIns: demoSignIns(DEMO_PEOPLE, publicUrl), isNewDemo: areNew && demoOrders }
}

/** Lets the customer of the demonstration order. A demonstration without orders is one all the same. */
async function placeDemoOrders({ sandboxPort }: StartSettings, services: readonly Service[]): Promise<void> {
  const script = ['--conditions=react-server', 'scripts/start/demo-orders.ts', `http://localhost:${sandboxPort}`]
  const ordering = startNode('demo orders', script, services[0]?.environment ?? {})
  takeDown.push(() => stopProcess(ordering))
  const [code] = await once(ordering.child, 'exit')
  if (code !== 0 && !stopping) ordering.showAll()
}

async function buildIfStale(
  { publicUrl }: StartSettings,
  { identity }: ShopDatabase,
  services: readonly Service[],
): Promise<void> {
  const inputs = buildInputs(identity, publicUrl)
  if (buildIsFresh(inputs)) return
  await stepUp('pages, built anew (a minute or two)', () =>
    build(inputs, services[0]?.environment ?? {}, (process) => takeDown.push(() => stopProcess(process))),
  )
}

type Launched = { readonly service: Service; readonly started: ShopProcess }

const startService = (service: Service): Promise<void> => untilUp(launch(service))

function launch(service: Service): Launched {
  const started = startNode(service.name, service.args, service.environment)
  takeDown.push(() => stopProcess(started))
  started.child.once('exit', (code, signal) => {
    started.showAll()
    void end(1, `${service.name} ended (${signal ?? `code ${code}`}), so everything is stopped.`)
  })
  return { service, started }
}

async function untilUp({ service, started }: Launched): Promise<void> {
  await untilReady(service.ready, started)
  started.showFromNow()
}

function printTable(
  settings: StartSettings,
  database: ShopDatabase,
  services: readonly Service[],
  tookMs: number,
): void {
  const rows = [
    ...services.flatMap(({ name, address }) => (address ? [[name, address]] : [])),
    ['Back office', `${settings.publicUrl}/en/admin`],
    ['Database', database.description],
    ['Data', settings.dataFolder],
  ]
  const lines = rows.map(([what = '', where = '']) => `  ${what.padEnd(12)} ${where}`)
  console.log(
    `\nComptoir is ready (${(tookMs / 1000).toFixed(1)} s).\n\n${lines.join('\n')}\n\nCtrl-C stops all of it.`,
  )
}
