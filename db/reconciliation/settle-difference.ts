import 'server-only'
import { and, eq, ne } from 'drizzle-orm'
import { type DbOrTransaction, db } from '../client.ts'
import { billDifferences, type RESOLUTIONS } from './schema.ts'

export type Settlement = {
  /** `rule`, or who. */
  readonly by: string
  readonly resolution: (typeof RESOLUTIONS)[number]
  readonly note: string
}

/** Settles a difference, once: of two that settle it at the same time the second hears `settled_before`. */
export async function settleDifference(
  id: string,
  { by, resolution, note }: Settlement,
  now: Date,
  within: DbOrTransaction = db,
): Promise<'settled' | 'settled_before'> {
  const settled = await within
    .update(billDifferences)
    .set({ state: 'settled', settledAt: now, settledBy: by, resolution, note })
    .where(and(eq(billDifferences.id, id), ne(billDifferences.state, 'settled')))
    .returning({ id: billDifferences.id })
  return settled.length > 0 ? 'settled' : 'settled_before'
}
