import 'server-only'
import { eq } from 'drizzle-orm'
import { categoryTag, newestTag } from '#lib/domain/cache-tags.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { products } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type PublishProductError =
  | EditProductError
  | { readonly code: 'already_published' }
  | { readonly code: 'archived' }

/**
 * Puts a piece into the shop; refused with all that it lacks.
 * @param asNew the moment that makes it one of the new pieces; null leaves it where it was among them.
 */
export const publishProduct = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  asNew: Date | null,
): Promise<Result<{ readonly version: number }, PublishProductError>> =>
  editProduct<null, PublishProductError>(permit, seen, async (tx, product) => {
    if (product.archivedAt) return err({ code: 'archived' })
    if (product.published) return err({ code: 'already_published' })
    const publishedAt = asNew ?? product.publishedAt
    await tx.update(products).set({ published: true, publishedAt }).where(eq(products.id, product.id))
    return ok({
      value: null,
      action: 'product.publish',
      before: { published: false, publishedAt: product.publishedAt },
      after: { published: true, publishedAt },
      tags: [categoryTag(product.category), newestTag],
    })
  })
