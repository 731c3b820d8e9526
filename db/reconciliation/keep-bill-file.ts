import 'server-only'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { and, eq } from 'drizzle-orm'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { billFileParts, billFiles } from './schema.ts'

const PART_BYTES = 1_048_576

export type DayOfProvider = { readonly provider: ProviderName; readonly day: string }

/**
 * Keeps the file `path` as the bill of a day, before anybody reads it. The same bytes again are the file that is there.
 * @returns the id of the kept file.
 */
export async function keepBillFile({ provider, day }: DayOfProvider, path: string, now: Date): Promise<string> {
  const { sha256, bytes } = await measure(path)
  return db.transaction(async (tx) => {
    const [kept] = await tx
      .insert(billFiles)
      .values({ provider, day, sha256, bytes, receivedAt: now })
      .onConflictDoNothing()
      .returning({ id: billFiles.id })
    if (kept) {
      for await (const { position, content } of partsOf(path))
        await tx.insert(billFileParts).values({ fileId: kept.id, position, content })
      return kept.id
    }
    const [known] = await tx
      .select({ id: billFiles.id })
      .from(billFiles)
      .where(and(eq(billFiles.provider, provider), eq(billFiles.day, day), eq(billFiles.sha256, sha256)))
    if (!known) throw new Error(`the bill of ${provider} for ${day} could not be kept`)
    return known.id
  })
}

async function measure(path: string): Promise<{ sha256: Buffer; bytes: bigint }> {
  const hash = createHash('sha256')
  let bytes = 0n
  for await (const { content } of partsOf(path)) {
    hash.update(content)
    bytes += BigInt(content.length)
  }
  return { sha256: hash.digest(), bytes }
}

async function* partsOf(path: string): AsyncGenerator<{ position: number; content: Buffer }, void, undefined> {
  const file = await open(path)
  try {
    for (let position = 0; ; position++) {
      const { buffer, bytesRead } = await file.read(
        Buffer.allocUnsafe(PART_BYTES),
        0,
        PART_BYTES,
        position * PART_BYTES,
      )
      if (bytesRead === 0) return
      yield { position, content: buffer.subarray(0, bytesRead) }
    }
  } finally {
    await file.close()
  }
}
