import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { categoriesTag, categoryTag } from '#lib/domain/cache-tags.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import type { Transaction } from '../../client.ts'
import { invalidateTags } from '../../invalidations/invalidate-tags.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { categories } from '../schema.ts'

/** The shelf that a form is about, and the version that it showed. */
export type SeenCategory = { readonly categoryId: number; readonly version: number }

export type EditCategoryError =
  | { readonly code: 'unknown_category' }
  | { readonly code: 'changed_meanwhile'; readonly version: number }

type Category = typeof categories.$inferSelect
type CategoryEdit = { readonly action: string; readonly before?: unknown; readonly after?: unknown }

/** The one way in which staff change a shelf, as `editProduct` is for a piece. Navigation and shelf are rendered anew. */
export const editCategory = <E extends { readonly code: string }>(
  permit: Permit,
  { categoryId, version }: SeenCategory,
  edit: (tx: Transaction, category: Category) => Promise<Result<CategoryEdit, E>>,
): Promise<Result<{ readonly version: number }, E | EditCategoryError>> =>
  undoWhenRefused<{ version: number }, E | EditCategoryError>(async (tx) => {
    const [category] = await tx.select().from(categories).where(eq(categories.id, categoryId)).for('update')
    if (!category) return err({ code: 'unknown_category' })
    if (category.version !== version) return err({ code: 'changed_meanwhile', version: category.version })
    const edited = await edit(tx, category)
    if (!edited.ok) return edited
    await tx
      .update(categories)
      .set({ version: sql`${categories.version} + 1` })
      .where(eq(categories.id, categoryId))
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      about: { kind: 'category', id: category.slug },
      ...edited.value,
    })
    await invalidateTags(tx, [categoriesTag, categoryTag(category.slug)])
    return ok({ version: version + 1 })
  })
