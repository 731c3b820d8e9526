import 'server-only'
import { asc } from 'drizzle-orm'
import { db } from '../client.ts'
import { processes } from '../processes/schema.ts'

export type ListedProcess = typeof processes.$inferSelect

/** All processes of the shop that live or were killed within the hour. */
export const listProcesses = (): Promise<ListedProcess[]> =>
  db.select().from(processes).orderBy(asc(processes.kind), asc(processes.startedAt))
