import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { incidents } from './schema.ts'

export type ToldIncident = NonNullable<Awaited<ReturnType<typeof readToldIncident>>>

/** An incident as the operator is told of it. Null for one that is not there. */
export async function readToldIncident(id: string) {
  const [incident] = await db.select().from(incidents).where(eq(incidents.id, id))
  return incident ?? null
}
