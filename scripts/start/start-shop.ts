import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build, buildInputs, buildIsFresh } from './build.ts'
import { openDatabase, type ShopDatabase } from './database.ts'
import { lockFolder } from './launcher-lock.ts'
import { demandFreePort } from './ports.ts'
import { hasEnded, type ShopProcess, startNode, stopProcess } from './processes.ts'
import { step } from './progress.ts'
import { listServices, type Service } from './services.ts'
import { readSettings, type StartSettings } from './settings.ts'
import { StartFailure } from './start-failure.ts'

const READY_WITHIN_MS = 60_000

/** What is up, each with how it is taken down; the last that came up goes first. */
const takeDown: (() => Promise<void> | void)[] = []
let stopping = false
let starting: Promise<void> = Promise.resolve()

async function takeAllDown(): Promise<void> {
  for (let stop = takeDown.pop(); stop; stop = takeDown.pop()) await stop()
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
  const settings = readSettings(process.env, args)
  const started = performance.now()
  await demandFreePort(settings.host, settings.port, 'the shop', 'PORT')
  takeDown.push(lockFolder(settings.dataFolder))
  const database = await stepUp('database', () => openDatabase(settings))
  takeDown.push(database.stop)
  void database.ended.then(() => end(1, 'The database server ended, so everything is stopped.'))

  const seeded = await stepUp('tables and catalogue', () => prepareDatabase(database))
  const services = listServices(settings, database.url)
  if (!settings.development) await buildIfStale(settings, database, services, seeded)
  for (const service of services) await stepUp(service.name.toLowerCase(), () => startService(service))
  printTable(settings, database, services, performance.now() - started)
}

/** @returns true when the catalogue was written just now, so that no earlier build can know it. */
async function prepareDatabase({ url }: ShopDatabase): Promise<boolean> {
  process.env['DATABASE_URL'] = url
  const { migrateDatabase } = await import('#db/migrate.ts')
  await migrateDatabase(url)
  const { db, sql } = await import('#db/client.ts')
  const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
  const written = await seedCatalog(db, new Date())
  await sql.end()
  return written > 0
}

async function buildIfStale(
  { publicUrl }: StartSettings,
  { url }: ShopDatabase,
  services: readonly Service[],
  seeded: boolean,
): Promise<void> {
  const inputs = buildInputs(url, publicUrl)
  if (!seeded && buildIsFresh(inputs)) return
  await stepUp('pages (this takes a while the first time)', () =>
    build(inputs, services[0]?.environment ?? {}, (process) => takeDown.push(() => stopProcess(process))),
  )
}

async function startService(service: Service): Promise<void> {
  const started = startNode(service.name, service.args, service.environment, { quiet: true })
  takeDown.push(() => stopProcess(started))
  started.child.once('exit', (code, signal) =>
    end(1, `${service.name} ended (${signal ?? `code ${code}`}), so everything is stopped.`),
  )
  if (service.readyUrl) await untilReady(service.readyUrl, started)
}

async function untilReady(url: string, started: ShopProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    if (hasEnded(started)) throw new StartFailure(`${started.name} ended before it was ready; the reason stands above.`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    if (Date.now() > deadline)
      throw new StartFailure(
        `${started.name} is not ready after ${READY_WITHIN_MS / 1000} s: ${answer ? await answer.text() : `${url} does not answer`}.`,
      )
    await wait(100)
  }
}

function printTable(
  settings: StartSettings,
  database: ShopDatabase,
  services: readonly Service[],
  tookMs: number,
): void {
  const rows = [
    ...services.flatMap(({ name, address }) => (address ? [[name, address]] : [])),
    ['Database', database.description],
    ['Data', settings.dataFolder],
  ]
  const lines = rows.map(([what = '', where = '']) => `  ${what.padEnd(12)} ${where}`)
  console.log(
    `\nComptoir is ready (${(tookMs / 1000).toFixed(1)} s).\n\n${lines.join('\n')}\n\nCtrl-C stops all of it.`,
  )
}
