import 'server-only'
import { desc } from 'drizzle-orm'
import { db } from '../client.ts'
import { journalSeals } from './schema.ts'

/** Where the chain of seals ends, the hash in hex. Null before the first. */
export async function findLastSeal(): Promise<{ position: string; hash: string } | null> {
  const [last] = await db.select().from(journalSeals).orderBy(desc(journalSeals.position)).limit(1)
  return last ? { position: last.position.toString(), hash: last.hash.toString('hex') } : null
}
