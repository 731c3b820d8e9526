import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { z } from 'zod'
import { err, ok, type Result } from '#lib/result.ts'
import { installQueues } from '../jobs/install-queues.ts'

const FOLDER = 'db/migrations'
const Journal = z.looseObject({ entries: z.array(z.looseObject({ tag: z.string() })) })

/** `newer`: made by a later release. `other`: its migrations are not a beginning of ours. */
export type MigrationsError = { readonly code: 'newer' | 'other' }

/** Whether this release knows how to make the tables of a database that has seen these migrations. */
export function checkMigrations(hashes: readonly string[]): Result<null, MigrationsError> {
  const ours = readJournal().entries.map(({ tag }) => hashOfMigration(tag))
  if (hashes.every((hash, at) => ours[at] === hash)) return ok(null)
  return err({ code: ours.every((hash, at) => hashes[at] === hash) ? 'newer' : 'other' })
}

/** Makes the tables in an empty database as they are after the first `count` migrations, and those of the queue. */
export async function migrateTo(databaseUrl: string, count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-migrations-'))
  const connection = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    const { entries, ...journal } = readJournal()
    const wanted = entries.slice(0, count)
    mkdirSync(join(folder, 'meta'))
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: wanted }))
    for (const { tag } of wanted) cpSync(join(FOLDER, `${tag}.sql`), join(folder, `${tag}.sql`))
    await migrate(drizzle(connection), { migrationsFolder: folder })
  } finally {
    await connection.end()
    rmSync(folder, { recursive: true })
  }
  await installQueues(databaseUrl)
}

const readJournal = () => Journal.parse(JSON.parse(readFileSync(join(FOLDER, 'meta/_journal.json'), 'utf8')))

/** As Drizzle notes it in its table. */
const hashOfMigration = (tag: string) =>
  createHash('sha256')
    .update(readFileSync(join(FOLDER, `${tag}.sql`), 'utf8'))
    .digest('hex')
