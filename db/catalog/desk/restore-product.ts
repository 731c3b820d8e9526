import 'server-only'
import { eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { products } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type RestoreProductError = EditProductError | { readonly code: 'not_archived' }

/** Takes a piece out of the archive: it is a draft again. */
export const restoreProduct = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
): Promise<Result<{ readonly version: number }, RestoreProductError>> =>
  editProduct<null, RestoreProductError>(permit, seen, async (tx, product) => {
    if (!product.archivedAt) return err({ code: 'not_archived' })
    await tx.update(products).set({ archivedAt: null }).where(eq(products.id, product.id))
    return ok({ value: null, action: 'product.restore', before: { archivedAt: product.archivedAt } })
  })
