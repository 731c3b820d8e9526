import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../postgres/embedded-postgres.ts'
import { demandFreePort } from './ports.ts'
import type { StartSettings } from './settings.ts'
import { reasonOf, StartFailure } from './start-failure.ts'

const OLDEST = 150_000
const ANSWERS_WITHIN_MS = 8_000

export type ShopDatabase = {
  /** As the owner of its tables. */
  readonly url: string
  /** Other for another database, also one that was made anew at the same address. */
  readonly identity: string
  /** What the closing table says of it. */
  readonly description: string
  /** Resolves when the server ended without being asked to; never for a server that is not ours. */
  readonly ended: Promise<void>
  readonly stop: () => Promise<void>
}

/** The database of the shop, ready for connections: the one of `DATABASE_URL`, or an embedded one. */
export async function openDatabase(settings: StartSettings): Promise<ShopDatabase> {
  if (settings.databaseUrl !== null) {
    const { hostname, port, pathname } = new URL(settings.databaseUrl)
    return {
      url: settings.databaseUrl,
      identity: await identify(settings.databaseUrl),
      description: `${hostname}:${port || 5432}${pathname}`,
      ended: new Promise(() => undefined),
      stop: async () => undefined,
    }
  }
  const folder = join(settings.dataFolder, 'postgres')
  const server = await startEmbeddedPostgres(folder, settings.databasePort, {
    demandPort: (port) => demandFreePort({ host: '127.0.0.1', port, setting: 'DATABASE_PORT' }, 'the database'),
  })
  return {
    url: server.url,
    identity: await identify(server.url),
    description: `embedded PostgreSQL 18, port ${settings.databasePort}, data in ${server.data}`,
    ended: new Promise((ended) => server.process.once('exit', () => ended())),
    stop: server.stop,
  }
}

/** @throws {StartFailure} when the server cannot be reached or is too old. */
async function identify(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    const [row] = await Promise.race([
      sql<{ version: number; identity: string }[]>`
        select current_setting('server_version_num')::int as version, system_identifier || '/' || oid as identity
        from pg_control_system(), pg_database where datname = current_database()`,
      // The driver tries again without end where nobody answers at all.
      wait(ANSWERS_WITHIN_MS, null, { ref: false }).then(() => {
        throw new Error(`no answer within ${ANSWERS_WITHIN_MS / 1000} s`)
      }),
    ])
    if (!row || row.version < OLDEST) throw new Error('it is older than PostgreSQL 15')
    return row.identity
  } catch (error) {
    throw new StartFailure(
      `The database of DATABASE_URL cannot be used (${reasonOf(error)}): check the address and the password, and that it runs.`,
    )
  } finally {
    await sql.end({ timeout: 0 })
  }
}
