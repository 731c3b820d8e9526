import 'server-only'
import { eq } from 'drizzle-orm'
import { productTag } from '#lib/domain/cache-tags.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import type { Transaction } from '../../client.ts'
import { invalidateTags } from '../../invalidations/invalidate-tags.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { categories, formerSlugs, products } from '../schema.ts'
import { endOfShelf } from './save-product.ts'

export type CreateProductError = { readonly code: 'unknown_category' } | { readonly code: 'slug_taken' }

const NOT_WRITTEN: LocalizedText = { en: '', fr: '', zh: '' }

/** Begins a piece that nobody sees yet, at the end of its shelf. @param weightG grams, more than 0. */
export const createProduct = (
  permit: Permit<'catalogue.edit'>,
  piece: NewPiece,
): Promise<Result<{ readonly productId: number }, CreateProductError>> =>
  undoWhenRefused<{ productId: number }, CreateProductError>((tx) => createWithin(tx, permit, piece), {
    products_slug_unique: { code: 'slug_taken' },
  })

type NewPiece = {
  readonly slug: string
  readonly category: string
  readonly name: LocalizedText
  readonly weightG: number
}

/** The same in a transaction of the caller. */
export async function createWithin(
  tx: Transaction,
  permit: Permit<'catalogue.edit'>,
  { slug, category, name, weightG }: NewPiece,
): Promise<Result<{ readonly productId: number }, { readonly code: 'unknown_category' }>> {
  const [shelf] = await tx.select({ id: categories.id }).from(categories).where(eq(categories.slug, category))
  if (!shelf) return err({ code: 'unknown_category' })
  await tx.delete(formerSlugs).where(eq(formerSlugs.slug, slug))
  const [product] = await tx
    .insert(products)
    .values({
      slug,
      categoryId: shelf.id,
      position: await endOfShelf(tx, shelf.id),
      published: false,
      name,
      description: NOT_WRITTEN,
      material: NOT_WRITTEN,
      dimensions: {},
      weightG,
    })
    .returning({ id: products.id })
  if (!product) throw new Error(`${slug} was not written`)
  await appendAuditEntry(tx, {
    actor: staffActor(permit),
    action: 'product.create',
    about: { kind: 'product', id: String(product.id) },
    after: { slug, category, name, weightG },
  })
  await invalidateTags(tx, [productTag(slug)])
  return ok({ productId: product.id })
}
