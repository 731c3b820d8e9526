import 'server-only'
import { and, asc, desc, eq, gt } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { orderExportParts, orderExports } from './schema.ts'

const LISTED_AT_MOST = 30

/** The files that somebody asked for, the newest first. Nobody sees another's. */
export const listExports = ({ staffId }: Permit<'orders.export'>) =>
  db
    .select()
    .from(orderExports)
    .where(eq(orderExports.staffId, staffId))
    .orderBy(desc(orderExports.askedAt))
    .limit(LISTED_AT_MOST)

/** A file of one's own that is whole; null for any other. */
export async function findExport({ staffId }: Permit<'orders.export'>, id: string) {
  const [found] = await db
    .select()
    .from(orderExports)
    .where(and(eq(orderExports.id, id), eq(orderExports.staffId, staffId), eq(orderExports.state, 'done')))
  return found ?? null
}

/** The first piece of a file behind the part `after`; null at its end. */
export async function readExportPart(exportId: string, after: number) {
  const [found] = await db
    .select({ part: orderExportParts.part, content: orderExportParts.content })
    .from(orderExportParts)
    .where(and(eq(orderExportParts.exportId, exportId), gt(orderExportParts.part, after)))
    .orderBy(asc(orderExportParts.part))
    .limit(1)
  return found ?? null
}
