import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { variants } from '../schema.ts'
import { deleteUnusedVariants } from './delete-unused-variants.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type RemoveVariantError = EditProductError | { readonly code: 'unknown_variant' }

/** Deletes a variant that nothing leads to; any other is not offered from then on. */
export const removeVariant = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  variantId: number,
): Promise<Result<{ readonly version: number; readonly value: 'deleted' | 'withdrawn' }, RemoveVariantError>> =>
  editProduct<'deleted' | 'withdrawn', RemoveVariantError>(permit, seen, async (tx, product) => {
    const [known] = await tx
      .select({ sku: variants.sku })
      .from(variants)
      .where(and(eq(variants.id, variantId), eq(variants.productId, product.id)))
    if (!known) return err({ code: 'unknown_variant' })
    const deleted = await deleteUnusedVariants(tx, [variantId])
    if (!deleted) await tx.update(variants).set({ offered: false }).where(eq(variants.id, variantId))
    const done = deleted ? 'deleted' : 'withdrawn'
    return ok({ value: done, action: `variant.${deleted ? 'delete' : 'withdraw'}`, before: { sku: known.sku } })
  })
