import 'server-only'
import { and, eq, lt } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { catalogueSheets } from '../schema.ts'

const KEPT_MS = 86_400_000

/** Keeps a table as it was uploaded, until it is applied or a day old. @returns its id. */
export async function keepSheet(
  permit: Permit<'catalogue.edit'>,
  { name, content }: { readonly name: string; readonly content: string },
  now: Date,
): Promise<string> {
  await db.delete(catalogueSheets).where(lt(catalogueSheets.uploadedAt, new Date(now.getTime() - KEPT_MS)))
  const [kept] = await db
    .insert(catalogueSheets)
    .values({ name, content, actor: staffActor(permit), uploadedAt: now })
    .returning({ id: catalogueSheets.id })
  if (!kept) throw new Error('a row that was inserted did not come back')
  return kept.id
}

/** A table that one uploaded oneself; null for any other. */
export async function readKeptSheet(permit: Permit<'catalogue.edit'>, id: string) {
  const [found] = await db
    .select()
    .from(catalogueSheets)
    .where(and(eq(catalogueSheets.id, id), eq(catalogueSheets.actor, staffActor(permit))))
  return found ?? null
}

/** Notes that a table was applied. */
export const noteSheetApplied = (id: string, now: Date) =>
  db.update(catalogueSheets).set({ appliedAt: now }).where(eq(catalogueSheets.id, id))
