import { randomBytes } from 'node:crypto'
import postgres from 'postgres'

export type BenchDatabase = {
  readonly url: string
  /** Closes what this process has open there, and removes it unless it is to be kept. */
  readonly end: (how?: { readonly keep: boolean }) => Promise<void>
}

/**
 * A migrated database of its own for one bench, on the server of `DATABASE_URL`, where it may create one. From then on
 * `DATABASE_URL` of this process names it, so import what uses the database after it.
 */
export async function makeBenchDatabase(): Promise<BenchDatabase> {
  const server = process.env['DATABASE_URL']
  if (!server) throw new Error('DATABASE_URL must name a PostgreSQL where a database may be created')
  const name = `bench_${randomBytes(6).toString('hex')}`
  const admin = postgres(server, { max: 1, onnotice: () => undefined })
  await admin`create database ${admin(name)}`
  const own = new URL(server)
  own.pathname = `/${name}`
  process.env['DATABASE_URL'] = own.href
  await admin.end()
  const end: BenchDatabase['end'] = async ({ keep } = { keep: false }) => {
    const { sql } = await import('#db/client.ts')
    await sql.end({ timeout: 5 })
    if (keep) console.log(own.href)
    else await dropDatabase(own.href)
  }
  try {
    const { migrateDatabase } = await import('#db/migrate.ts')
    await migrateDatabase(own.href)
  } catch (error) {
    await end()
    throw error
  }
  return { url: own.href, end }
}

/** Removes a database, whoever has it open. */
export async function dropDatabase(url: string): Promise<void> {
  const server = new URL(url)
  const name = server.pathname.slice(1)
  server.pathname = '/postgres'
  const admin = postgres(server.href, { max: 1, onnotice: () => undefined })
  await admin`drop database if exists ${admin(name)} with (force)`
  await admin.end()
}
