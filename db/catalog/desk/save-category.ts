import 'server-only'
import { eq } from 'drizzle-orm'
import { changedParts } from '#lib/changed-parts.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { categories } from '../schema.ts'
import { type EditCategoryError, editCategory, type SeenCategory } from './edit-category.ts'

export type SaveCategoryError = EditCategoryError | { readonly code: 'nothing_to_change' }

/** Names a shelf. @param name in every language. */
export const saveCategory = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenCategory,
  name: LocalizedText,
): Promise<Result<{ readonly version: number }, SaveCategoryError>> =>
  editCategory<SaveCategoryError>(permit, seen, async (tx, category) => {
    const changed = changedParts({ name: category.name }, { name })
    if (!changed) return err({ code: 'nothing_to_change' })
    await tx.update(categories).set({ name }).where(eq(categories.id, category.id))
    return ok({ action: 'category.save', ...changed })
  })
