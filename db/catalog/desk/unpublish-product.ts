import 'server-only'
import { eq } from 'drizzle-orm'
import { categoryTag, newestTag } from '#lib/domain/cache-tags.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { products } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type UnpublishProductError = EditProductError | { readonly code: 'not_published' }

/** Takes a piece out of the shop; in carts it counts as sold out from then on. */
export const unpublishProduct = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
): Promise<Result<{ readonly version: number }, UnpublishProductError>> =>
  editProduct<null, UnpublishProductError>(permit, seen, async (tx, product) => {
    if (!product.published) return err({ code: 'not_published' })
    await tx.update(products).set({ published: false }).where(eq(products.id, product.id))
    return ok({
      value: null,
      action: 'product.unpublish',
      before: { published: true },
      after: { published: false },
      tags: [categoryTag(product.category), newestTag],
    })
  })
