import 'server-only'
import { asc, eq, inArray } from 'drizzle-orm'
import { changedParts } from '#lib/changed-parts.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { products, relatedProducts } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type SetRelatedError =
  | EditProductError
  /** There are no such pieces, or it is the piece itself. */
  | { readonly code: 'unknown_related'; readonly slugs: readonly string[] }
  | { readonly code: 'nothing_to_change' }

/** Chooses the pieces that are shown below this one, in this order. @param slugs each once; none leaves it to the shelf. */
export const setRelated = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  slugs: readonly string[],
): Promise<Result<{ readonly version: number }, SetRelatedError>> =>
  editProduct<null, SetRelatedError>(permit, seen, async (tx, product) => {
    const chosen = await tx
      .select({ id: products.id, slug: products.slug })
      .from(products)
      .where(inArray(products.slug, [...slugs, '']))
    const idOf = new Map(chosen.filter(({ id }) => id !== product.id).map(({ id, slug }) => [slug, id]))
    const unknown = slugs.filter((slug) => !idOf.has(slug))
    if (unknown.length > 0) return err({ code: 'unknown_related', slugs: unknown })

    const before = await tx
      .select({ slug: products.slug })
      .from(relatedProducts)
      .innerJoin(products, eq(products.id, relatedProducts.relatedId))
      .where(eq(relatedProducts.productId, product.id))
      .orderBy(asc(relatedProducts.position))
    const changed = changedParts({ related: before.map(({ slug }) => slug) }, { related: [...slugs] })
    if (!changed) return err({ code: 'nothing_to_change' })
    await tx.delete(relatedProducts).where(eq(relatedProducts.productId, product.id))
    const rows = slugs.flatMap((slug, position) => {
      const relatedId = idOf.get(slug)
      return relatedId === undefined ? [] : [{ productId: product.id, relatedId, position }]
    })
    if (rows.length > 0) await tx.insert(relatedProducts).values(rows)
    return ok({ value: null, action: 'product.relate', ...changed })
  })
