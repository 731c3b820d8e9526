import 'server-only'
import { eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { type StockReason, stockDelta, writeStockReason } from '#lib/domain/stock-reasons.ts'
import { err, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { variants } from '../../catalog/schema.ts'
import type { Transaction } from '../../client.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { type AdjustStockError, adjustStock } from '../adjust-stock.ts'
import { stock } from '../schema.ts'

export type StockCorrection = {
  readonly sku: string
  readonly reason: StockReason
  /** So many more, so many less, or as many as were counted: the reason says which. 0 or more. */
  readonly units: number
  /** What the form showed as on hand: a count means nothing when some were sold since. */
  readonly onHandSeen: number
  readonly note: string
}

export type CorrectStockError =
  | AdjustStockError
  /** It was counted against another number than the shop has by now. */
  | { readonly code: 'changed_meanwhile'; readonly onHand: number }

/** Brings the stock of a variant to what is really there, with a movement and a line in the log. */
export const correctStock = (
  permit: Permit<'stock.adjust'>,
  correction: StockCorrection,
): Promise<Result<CorrectedStock, CorrectStockError>> =>
  undoWhenRefused<CorrectedStock, CorrectStockError>((tx) => correctWithin(tx, permit, correction))

export type CorrectedStock = { readonly onHand: number; readonly available: number }

/** The same in a transaction of the caller, who undoes it when it is refused. */
export async function correctWithin(
  tx: Transaction,
  permit: Permit,
  { sku, reason, units, onHandSeen, note }: StockCorrection,
): Promise<Result<CorrectedStock, CorrectStockError>> {
  const [known] = await tx
    .select({ onHand: stock.onHand })
    .from(stock)
    .innerJoin(variants, eq(variants.id, stock.variantId))
    .where(eq(variants.sku, sku))
    .for('update', { of: stock })
  if (!known) return err({ code: 'unknown_variant' })
  if (reason === 'counted' && known.onHand !== onHandSeen)
    return err({ code: 'changed_meanwhile', onHand: known.onHand })

  const actor = staffActor(permit)
  const delta = stockDelta(reason, units, known.onHand)
  const adjusted = await adjustStock({ sku, delta, reason: writeStockReason(reason, note), actor }, tx)
  if (adjusted.ok)
    await appendAuditEntry(tx, {
      actor,
      action: 'stock.adjust',
      about: { kind: 'stock', id: sku },
      before: { onHand: known.onHand },
      after: { onHand: adjusted.value.onHand },
      reason: writeStockReason(reason, note),
    })
  return adjusted
}
