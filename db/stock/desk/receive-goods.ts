import 'server-only'
import { asc, inArray } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { writeStockReason } from '#lib/domain/stock-reasons.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { variants } from '../../catalog/schema.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { adjustStock } from '../adjust-stock.ts'

/** @property units 1 or more. */
export type ReceivedLine = { readonly sku: string; readonly units: number }

export type ReceiveGoodsError = { readonly code: 'unknown_skus'; readonly skus: readonly string[] }

/** Books a delivery: all of its lines or, where the shop does not know one, none. @param note its delivery note. */
export const receiveGoods = (
  permit: Permit<'stock.adjust'>,
  { lines, note }: { readonly lines: readonly ReceivedLine[]; readonly note: string },
): Promise<Result<{ readonly units: number }, ReceiveGoodsError>> =>
  undoWhenRefused(async (tx) => {
    const unitsOf = new Map<string, number>()
    for (const { sku, units } of lines) unitsOf.set(sku, (unitsOf.get(sku) ?? 0) + units)
    // By variant id, as everybody locks stock, so that two deliveries never wait for each other in a ring.
    const known = await tx
      .select({ sku: variants.sku })
      .from(variants)
      .where(inArray(variants.sku, [...unitsOf.keys(), '']))
      .orderBy(asc(variants.id))
    const skus = [...unitsOf.keys()].filter((sku) => !known.some((one) => one.sku === sku))
    if (skus.length > 0) return err({ code: 'unknown_skus', skus })

    const actor = staffActor(permit)
    for (const { sku } of known) {
      const received = await adjustStock(
        { sku, delta: unitsOf.get(sku) ?? 0, reason: writeStockReason('received', note), actor },
        tx,
      )
      if (!received.ok) throw new Error(`${sku} could not be received: ${received.error.code}`)
    }
    await appendAuditEntry(tx, {
      actor,
      action: 'stock.receive',
      about: { kind: 'stock', id: '*' },
      after: Object.fromEntries(unitsOf),
      reason: note,
    })
    return ok({ units: [...unitsOf.values()].reduce((sum, units) => sum + units, 0) })
  })
