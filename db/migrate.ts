import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { installQueues } from './jobs/install-queues.ts'

/** Brings the schema and the job queues up to date; safe to run when there is nothing to do. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const connection = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    await migrate(drizzle(connection), { migrationsFolder: 'db/migrations' })
  } finally {
    await connection.end()
  }
  await installQueues(databaseUrl)
}
