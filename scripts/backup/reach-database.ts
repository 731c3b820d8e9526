import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { embeddedUrl, startEmbeddedPostgres } from '../postgres/embedded-postgres.ts'
import { realPlace } from '../postgres/outside-home.ts'
import { findPostmaster } from '../postgres/postmaster.ts'
import { lockFolder } from '../start/launcher-lock.ts'
import type { StartSettings } from '../start/settings.ts'
import { StartFailure } from '../start/start-failure.ts'

export type Reached = { readonly url: string; readonly release: () => Promise<void> }

const nothingToDo = async () => undefined

/** The database of the shop, also while the shop is down: an embedded server is then started for as long as it takes. */
export async function reachDatabase(settings: StartSettings): Promise<Reached> {
  if (settings.databaseUrl !== null) return { url: settings.databaseUrl, release: nothingToDo }
  const folder = join(settings.dataFolder, 'postgres')
  const data = join(folder, 'data')
  if (!existsSync(join(data, 'PG_VERSION')))
    throw new StartFailure(`There is no database in ${folder} yet: start the shop once, or set DATABASE_URL.`)
  if (findPostmaster(realPlace(data)) !== null)
    return { url: embeddedUrl(folder, settings.databasePort), release: nothingToDo }
  return startForNow(settings)
}

/** Starts the embedded server of the shop, which must be down; also where there is no data yet. */
export async function startForNow(settings: StartSettings): Promise<Reached> {
  const lock = lockFolder(settings.dataFolder)
  try {
    const server = await startEmbeddedPostgres(join(settings.dataFolder, 'postgres'), settings.databasePort)
    return {
      url: server.url,
      release: async () => {
        await server.stop()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
