import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { PlannedPiece, PlannedVariant } from '#lib/catalog/sheet-piece.ts'
import { toFen } from '#lib/domain/money.ts'
import { variantSlug } from '#lib/domain/options.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Transaction } from '../../client.ts'
import { type CorrectStockError, correctWithin } from '../../stock/desk/correct-stock.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { variants } from '../schema.ts'
import { writePrice } from '../write-price.ts'
import { insertVariant, VARIANT_KEYS, type VariantError } from './add-variant.ts'
import { type CreateProductError, createWithin } from './create-product.ts'
import { editWithin } from './edit-product.ts'
import { changeFacts, type SaveProductError } from './save-product.ts'
import { NO_PHOTO } from './variant-photo.ts'

export type ApplySheetError =
  | VariantError
  | CreateProductError
  | SaveProductError
  | CorrectStockError
  | { readonly code: 'unknown_variant' }

/** Does what a table plans for one piece, all of it or nothing. @param reason stands beside its prices and movements. */
export const applySheetPiece = (
  permit: Permit<'catalogue.edit'>,
  { slug, productId, version, facts, variants: planned, changes }: PlannedPiece,
  reason: string,
): Promise<Result<{ readonly version: number }, ApplySheetError>> =>
  undoWhenRefused<{ version: number }, ApplySheetError>(
    async (tx) => {
      const piece = facts && productId === null ? await createWithin(tx, permit, { ...facts, slug }) : ok({ productId })
      if (!piece.ok) return piece
      if (piece.value.productId === null) return err({ code: 'unknown_product' })
      const seen = { productId: piece.value.productId, version }
      return editWithin<null, ApplySheetError>(tx, permit, seen, async (_, product) => {
        const changed = facts ? await changeFacts(tx, product, facts) : ok({ tags: [] })
        if (!changed.ok && changed.error.code !== 'nothing_to_change') return changed
        for (const variant of planned) {
          const applied = await applyVariant(tx, permit, product.id, variant, reason)
          if (!applied.ok) return applied
        }
        const told = (what: 'before' | 'after') =>
          Object.fromEntries(changes.map((one) => [[one.sku, one.column].filter(Boolean).join(' '), one[what]]))
        const tags = changed.ok ? changed.value.tags : []
        return ok({ value: null, action: 'product.import', before: told('before'), after: told('after'), reason, tags })
      })
    },
    { ...VARIANT_KEYS, products_slug_unique: { code: 'slug_taken' } },
  )

async function applyVariant(
  tx: Transaction,
  permit: Permit<'catalogue.edit'>,
  productId: number,
  { sku, isNew, facts, priceFen, count }: PlannedVariant,
  reason: string,
): Promise<Result<unknown, ApplySheetError>> {
  if (isNew) {
    if (!facts || priceFen === null) throw new Error(`${sku} is planned without what it needs`)
    await insertVariant(tx, productId, { ...facts, ...NO_PHOTO, sku, priceFen })
  } else {
    const [known] = await tx
      .select({ id: variants.id, priceFen: variants.priceFen })
      .from(variants)
      .where(and(eq(variants.sku, sku), eq(variants.productId, productId)))
      .for('no key update')
    if (!known) return err({ code: 'unknown_variant' })
    if (facts)
      await tx
        .update(variants)
        .set({ ...facts, slug: variantSlug(facts.options) })
        .where(eq(variants.id, known.id))
    const [fromFen, actor] = [toFen(known.priceFen), staffActor(permit)]
    if (priceFen !== null && priceFen !== fromFen)
      await writePrice(tx, { variantId: known.id, fromFen, toFen: priceFen, reason, actor })
  }
  return count ? correctWithin(tx, permit, { sku, reason: 'counted', note: reason, ...count }) : ok(null)
}
