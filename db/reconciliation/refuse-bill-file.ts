import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { billFiles } from './schema.ts'

/** Notes why a kept bill must not be believed. */
export async function refuseBillFile(fileId: string, reason: string): Promise<void> {
  await db.update(billFiles).set({ verdict: 'corrupt', reason }).where(eq(billFiles.id, fileId))
}
