import 'server-only'
import { eq } from 'drizzle-orm'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import type { Offering } from './read-offering.ts'
import { hiddenWays } from './schema.ts'

/**
 * Writes into the audit log what the shop hid from shoppers by itself and what it offers again; each change once, by
 * whichever worker sees it first. A way is a provider, or one of its ways as `wechatpay_h5`.
 */
export async function noteOffering({ unoffered, resting }: Offering, now: Date): Promise<void> {
  const hidden = new Set([
    ...[...unoffered].filter(([, why]) => why === 'unreachable').map(([provider]) => provider as string),
    ...resting,
  ])
  await db.transaction(async (tx) => {
    const before = await tx.select({ way: hiddenWays.way }).from(hiddenWays)
    for (const way of hidden) {
      const added = await tx.insert(hiddenWays).values({ way, since: now }).onConflictDoNothing().returning()
      if (added.length > 0) await note(tx, 'way.hidden', way)
    }
    for (const { way } of before) {
      if (hidden.has(way)) continue
      const gone = await tx.delete(hiddenWays).where(eq(hiddenWays.way, way)).returning()
      if (gone.length > 0) await note(tx, 'way.restored', way)
    }
  })
}

const note = (tx: Transaction, action: string, way: string) =>
  appendAuditEntry(tx, { actor: 'system', action, about: { kind: 'provider', id: way } })
