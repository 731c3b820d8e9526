import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { billDifferences } from './schema.ts'

/** Notes that the provider was asked about a difference, and what came of it. */
export async function noteAsked(id: string, note: string, now: Date): Promise<void> {
  await db.update(billDifferences).set({ askedAt: now, note }).where(eq(billDifferences.id, id))
}
