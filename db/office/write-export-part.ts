import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { orderExportParts, orderExports } from './schema.ts'

/** Adds a piece to a file that is being written, and says how far it is. @returns false when it was removed meanwhile. */
export const writeExportPart = (
  exportId: string,
  { part, content, rows }: { readonly part: number; readonly content: Buffer; readonly rows: number },
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const known = await tx
      .update(orderExports)
      .set({ rows, bytes: sql`${orderExports.bytes} + ${content.length}::int` })
      .where(and(eq(orderExports.id, exportId), eq(orderExports.state, 'writing')))
      .returning({ id: orderExports.id })
    if (known.length === 0) return false
    await tx.insert(orderExportParts).values({ exportId, part, content })
    return true
  })

/** Says how many orders a file is going to hold. */
export const expectRows = (exportId: string, expected: number) =>
  db.update(orderExports).set({ expected }).where(eq(orderExports.id, exportId))

/** The file is whole. */
export const endExport = (exportId: string, rows: number, now: Date) =>
  db
    .update(orderExports)
    .set({ state: 'done', rows, endedAt: now })
    .where(and(eq(orderExports.id, exportId), eq(orderExports.state, 'writing')))
