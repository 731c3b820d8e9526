import 'server-only'
import { eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Transaction } from '../../client.ts'
import { products, variants } from '../schema.ts'
import { deleteUnusedVariants } from './delete-unused-variants.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type RemoveProductError = EditProductError | { readonly code: 'still_published' }

/**
 * Removes a piece that is not in the shop. What was ordered, stocked or put into a cart once stays, archived, since
 * orders and movements of stock lead to it; what never was is deleted.
 */
export const removeProduct = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  now: Date,
): Promise<Result<{ readonly version: number; readonly value: 'archived' | 'deleted' }, RemoveProductError>> =>
  editProduct<'archived' | 'deleted', RemoveProductError>(permit, seen, async (tx, product) => {
    if (product.published) return err({ code: 'still_published' })
    const deleted = await deleteWholly(tx, product.id)
    if (!deleted) await tx.update(products).set({ archivedAt: now }).where(eq(products.id, product.id))
    const before = { slug: product.slug, name: product.name }
    return deleted
      ? ok({ value: 'deleted', action: 'product.delete', before })
      : ok({ value: 'archived', action: 'product.archive', before, after: { archivedAt: now } })
  })

async function deleteWholly(tx: Transaction, productId: number): Promise<boolean> {
  const own = await tx.select({ id: variants.id }).from(variants).where(eq(variants.productId, productId))
  const unused = await deleteUnusedVariants(
    tx,
    own.map(({ id }) => id),
  )
  if (unused) await tx.delete(products).where(eq(products.id, productId))
  return unused
}
