import 'server-only'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { and, desc, eq, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billFileParts, billFiles } from './schema.ts'

/**
 * Writes the newest kept bill of a day into the file `path`, byte for byte; one that is corrupt only where there is no
 * other.
 * @returns its id, or null when none was kept.
 * @throws when its bytes are not those that were kept.
 */
export async function restoreBillFile({ provider, day }: DayOfProvider, path: string): Promise<string | null> {
  const [kept] = await db
    .select({ id: billFiles.id, sha256: billFiles.sha256 })
    .from(billFiles)
    .where(and(eq(billFiles.provider, provider), eq(billFiles.day, day)))
    .orderBy(sql`${billFiles.verdict} = 'corrupt'`, desc(billFiles.receivedAt))
    .limit(1)
  if (!kept) return null
  const hash = createHash('sha256')
  const file = await open(path, 'w')
  try {
    for (let position = 0; ; position++) {
      const [part] = await db
        .select({ content: billFileParts.content })
        .from(billFileParts)
        .where(and(eq(billFileParts.fileId, kept.id), eq(billFileParts.position, position)))
      if (!part) break
      hash.update(part.content)
      await file.writeFile(part.content)
    }
    if (!hash.digest().equals(kept.sha256)) throw new Error(`the kept bill ${kept.id} is not what was kept`)
    return kept.id
  } finally {
    await file.close()
  }
}
