import 'server-only'
import { eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { type BadParcelLine, parcelImports } from './schema.ts'

export type ParcelImport = typeof parcelImports.$inferSelect

/** Keeps what came of a file. @returns its id. */
export async function keepParcelImport(
  permit: Permit<'orders.ship'>,
  report: {
    readonly columns: readonly string[]
    readonly sent: number
    readonly repeated: number
    readonly bad: readonly BadParcelLine[]
  },
  now: Date = new Date(),
): Promise<string> {
  const [kept] = await db
    .insert(parcelImports)
    .values({ ...report, importedBy: staffActor(permit), importedAt: now })
    .returning({ id: parcelImports.id })
  if (!kept) throw new Error('a row that was inserted did not come back')
  return kept.id
}

/** What came of a file. Null for no such import. */
export async function readParcelImport(_permit: Permit<'orders.ship'>, id: string): Promise<ParcelImport | null> {
  const [found] = await db.select().from(parcelImports).where(eq(parcelImports.id, id))
  return found ?? null
}
