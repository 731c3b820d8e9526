import 'server-only'
import { asc } from 'drizzle-orm'
import { categoriesTag } from '#lib/domain/cache-tags.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { db } from '../../client.ts'
import { invalidateTags } from '../../invalidations/invalidate-tags.ts'
import { categories } from '../schema.ts'
import { sameIds, setPositions } from './set-positions.ts'

export type OrderCategoriesError =
  /** A shelf came or went since the form was opened. */
  | { readonly code: 'other_parts' }
  /** Somebody else moved them since. */
  | { readonly code: 'changed_meanwhile' }

/** Puts the shelves into this order. @param ids all of them. @param seen their order when the form was opened. */
export const orderCategories = (
  permit: Permit<'catalogue.edit'>,
  ids: readonly number[],
  seen: readonly number[],
): Promise<Result<null, OrderCategoriesError>> =>
  db.transaction(async (tx) => {
    const shelves = await tx
      .select({ id: categories.id, slug: categories.slug })
      .from(categories)
      .orderBy(asc(categories.position), asc(categories.id))
      .for('update')
    const known = shelves.map(({ id }) => id)
    if (!sameIds(known, ids)) return err({ code: 'other_parts' })
    if (known.join() !== seen.join()) return err({ code: 'changed_meanwhile' })
    await setPositions(tx, categories, ids)
    const slugOf = new Map(shelves.map(({ id, slug }) => [id, slug]))
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'categories.order',
      about: { kind: 'category', id: '*' },
      before: shelves.map(({ slug }) => slug),
      after: ids.map((id) => slugOf.get(id)),
    })
    await invalidateTags(tx, [categoriesTag])
    return ok(null)
  })
