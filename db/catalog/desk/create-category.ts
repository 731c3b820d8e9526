import 'server-only'
import { max } from 'drizzle-orm'
import { categoriesTag, categoryTag } from '#lib/domain/cache-tags.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { invalidateTags } from '../../invalidations/invalidate-tags.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { categories } from '../schema.ts'

export type CreateCategoryError = { readonly code: 'slug_taken' }

/** Puts up a shelf behind the others. @param name in every language. */
export const createCategory = (
  permit: Permit<'catalogue.edit'>,
  { slug, name }: { readonly slug: string; readonly name: LocalizedText },
): Promise<Result<null, CreateCategoryError>> =>
  undoWhenRefused<null, CreateCategoryError>(
    async (tx) => {
      const [last] = await tx.select({ position: max(categories.position) }).from(categories)
      await tx.insert(categories).values({ slug, name, position: (last?.position ?? -1) + 1 })
      await appendAuditEntry(tx, {
        actor: staffActor(permit),
        action: 'category.create',
        about: { kind: 'category', id: slug },
        after: { slug, name },
      })
      await invalidateTags(tx, [categoriesTag, categoryTag(slug)])
      return ok(null)
    },
    { categories_slug_unique: { code: 'slug_taken' } },
  )
