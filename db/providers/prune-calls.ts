import 'server-only'
import { lt } from 'drizzle-orm'
import { db } from '../client.ts'
import { providerCalls } from './schema.ts'

const KEPT_MS = 86_400_000

/** Forgets calls that are a day old. */
export async function pruneCalls(now: Date): Promise<void> {
  await db.delete(providerCalls).where(lt(providerCalls.at, new Date(now.getTime() - KEPT_MS)))
}
