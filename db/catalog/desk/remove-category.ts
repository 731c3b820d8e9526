import 'server-only'
import { count, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { categories, products } from '../schema.ts'
import { type EditCategoryError, editCategory, type SeenCategory } from './edit-category.ts'

export type RemoveCategoryError = EditCategoryError | { readonly code: 'not_empty'; readonly pieces: number }

/** Takes an empty shelf away. */
export const removeCategory = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenCategory,
): Promise<Result<{ readonly version: number }, RemoveCategoryError>> =>
  editCategory<RemoveCategoryError>(permit, seen, async (tx, { id, slug, name }) => {
    const [on] = await tx.select({ pieces: count() }).from(products).where(eq(products.categoryId, id))
    if (on && on.pieces > 0) return err({ code: 'not_empty', pieces: on.pieces })
    await tx.delete(categories).where(eq(categories.id, id))
    return ok({ action: 'category.remove', before: { slug, name } })
  })
