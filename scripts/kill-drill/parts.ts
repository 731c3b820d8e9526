import { once } from 'node:events'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded-postgres.ts'
import { findPostmaster } from '../postgres/postmaster.ts'
import { type ShopProcess, startNode, stopProcess } from '../start/processes.ts'
import { listDoubles, listServices, type Service, settingsFromDoubles } from '../start/services.ts'
import type { StartSettings } from '../start/settings.ts'
import { untilReady } from '../start/until-ready.ts'

/** One part of the shop that can be killed without a word and started again on what it left behind. */
export type Part = {
  readonly name: string
  readonly start: () => Promise<void>
  /** SIGKILL, and back once it is gone. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** PostgreSQL on the drill's own folder. `url` is known after the first start. */
export function postgresPart(folder: string, port: number): Part & { readonly url: () => string } {
  let server: EmbeddedPostgres | null = null
  const running = () => {
    if (!server) throw new Error('PostgreSQL was not started')
    return server
  }
  return {
    name: 'PostgreSQL',
    url: () => running().url,
    start: async () => {
      server = await startEmbeddedPostgres(folder, port)
    },
    kill: async () => {
      const { data, process: launched } = running()
      const gone = launched.exitCode === null && launched.signalCode === null ? once(launched, 'exit') : null
      process.kill(findPostmaster(data) ?? launched.pid ?? 0, 'SIGKILL')
      await gone
    },
    stop: async () => server?.stop(),
  }
}

function servicePart(service: () => Service, name: string): Part {
  let running: ShopProcess | null = null
  return {
    name,
    start: async () => {
      const { args, environment, ready } = service()
      running = startNode(name, args, environment)
      await untilReady(ready, running)
    },
    kill: async () => {
      const { child } = running ?? {}
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      if (running) await stopProcess(running)
    },
  }
}

/** Everything that `npm start` starts, in the same order, as parts. The web process is that of the last build. */
export function shopParts(settings: StartSettings) {
  const database = postgresPart(join(settings.dataFolder, 'postgres'), settings.databasePort)
  const double = (name: string) => servicePart(() => pick(listDoubles(settings, null), name), name)
  const service = (name: string) =>
    servicePart(() => pick(listServices(settings, database.url(), settingsFromDoubles(settings)), name), name)
  return { database, sandbox: double('Sandbox'), mail: double('Mail'), web: service('Shop'), worker: service('Worker') }
}

function pick(services: readonly Service[], name: string): Service {
  const found = services.find((service) => service.name === name)
  if (!found) throw new Error(`npm start knows no ${name}`)
  return found
}
