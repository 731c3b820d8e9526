import 'server-only'
import { eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { variants } from '../../catalog/schema.ts'
import { db } from '../../client.ts'
import { stock } from '../schema.ts'

/** From how many units down a variant is on the list of what runs low. @param lowAt null takes the shop's own number. */
export const setLowAt = (
  permit: Permit<'stock.adjust'>,
  { sku, lowAt }: { readonly sku: string; readonly lowAt: number | null },
): Promise<Result<null, { readonly code: 'unknown_variant' }>> =>
  db.transaction(async (tx) => {
    const [known] = await tx
      .select({ variantId: stock.variantId, lowAt: stock.lowAt })
      .from(stock)
      .innerJoin(variants, eq(variants.id, stock.variantId))
      .where(eq(variants.sku, sku))
      .for('update', { of: stock })
    if (!known) return err({ code: 'unknown_variant' })
    await tx.update(stock).set({ lowAt }).where(eq(stock.variantId, known.variantId))
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'stock.low_at',
      about: { kind: 'stock', id: sku },
      before: { lowAt: known.lowAt },
      after: { lowAt },
    })
    return ok(null)
  })
