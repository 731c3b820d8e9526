import 'server-only'
import { eq, lt, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { processes } from './schema.ts'

export type NotedProcess = typeof processes.$inferInsert

/** Says that a process lives; its first word also sweeps out those that were killed an hour ago. */
export async function noteProcess(process: NotedProcess): Promise<void> {
  const { seenAt } = process
  await db.insert(processes).values(process).onConflictDoUpdate({ target: processes.id, set: { seenAt } })
  if (seenAt.getTime() === process.startedAt.getTime())
    await db
      .delete(processes)
      .where(lt(processes.seenAt, sql`${seenAt.toISOString()}::timestamptz - interval '1 hour'`))
}

/** Takes the row of a process that stops. */
export async function forgetProcess(id: string): Promise<void> {
  await db.delete(processes).where(eq(processes.id, id))
}
