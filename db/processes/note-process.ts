import 'server-only'
import { and, eq, lt, or } from 'drizzle-orm'
import { db } from '../client.ts'
import { processes } from './schema.ts'

export type NotedProcess = typeof processes.$inferInsert

const FORGOTTEN_AFTER_MS = 3_600_000
/** Three signs of life were missed. */
const SILENT_AFTER_MS = 30_000

/**
 * Says that a process lives. Its first word also sweeps out those that were killed an hour ago, and those of this machine
 * in whose place it comes.
 */
export async function noteProcess(process: NotedProcess): Promise<void> {
  const { seenAt } = process
  await db.insert(processes).values(process).onConflictDoUpdate({ target: processes.id, set: { seenAt } })
  if (seenAt.getTime() !== process.startedAt.getTime()) return
  const silentFor = (ms: number) => lt(processes.seenAt, new Date(seenAt.getTime() - ms))
  const isOfHere = and(eq(processes.host, process.host), eq(processes.kind, process.kind))
  await db.delete(processes).where(or(silentFor(FORGOTTEN_AFTER_MS), and(isOfHere, silentFor(SILENT_AFTER_MS))))
}

/** Takes the row of a process that stops. */
export async function forgetProcess(id: string): Promise<void> {
  await db.delete(processes).where(eq(processes.id, id))
}
