import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billDays, billFileParts, billFiles } from './schema.ts'

/** The bill that a day was matched with, or that was refused. Null for a day without one. */
export async function findBillFile(_: Permit<'payments.read'>, { provider, day }: DayOfProvider) {
  const [file] = await db
    .select({ id: billFiles.id, bytes: billFiles.bytes })
    .from(billDays)
    .innerJoin(billFiles, eq(billFiles.id, billDays.fileId))
    .where(and(eq(billDays.provider, provider), eq(billDays.day, day)))
  return file ?? null
}

/** Its bytes as they came, piece by piece, so that nobody holds it whole. */
export async function* readBillParts(fileId: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let position = 0; ; position++) {
    const [part] = await db
      .select({ content: billFileParts.content })
      .from(billFileParts)
      .where(and(eq(billFileParts.fileId, fileId), eq(billFileParts.position, position)))
    if (!part) return
    yield new Uint8Array(part.content)
  }
}
