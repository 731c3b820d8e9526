import 'server-only'
import { sql } from '../client.ts'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }

const NEWEST = Math.max(...journal.entries.map(({ when }) => when))

/** True when this release brings migrations that the database has not had; a database ahead of the release is well. */
export async function lacksMigrations(): Promise<boolean> {
  const [last] = await sql<
    { at: string | null }[]
  >`select max(created_at)::text as at from drizzle.__drizzle_migrations`
  return Number(last?.at ?? 0) < NEWEST
}
