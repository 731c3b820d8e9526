import 'server-only'
import { eq, max, sql } from 'drizzle-orm'
import { changedParts } from '#lib/changed-parts.ts'
import { categoryTag, productTag } from '#lib/domain/cache-tags.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Transaction } from '../../client.ts'
import { categories, type Dimensions, formerSlugs, products } from '../schema.ts'
import { type EditProductError, editProduct, type LockedProduct, type SeenProduct } from './edit-product.ts'

/** What a piece is, as one form shows it. Texts may be empty while it is not published. */
export type ProductFacts = {
  readonly slug: string
  /** The shelf's slug. */
  readonly category: string
  readonly name: LocalizedText
  readonly description: LocalizedText
  readonly material: LocalizedText
  readonly dimensions: Dimensions
  /** Grams, more than 0. */
  readonly weightG: number
}

export type SaveProductError =
  | EditProductError
  | { readonly code: 'unknown_category' }
  | { readonly code: 'slug_taken' }
  | { readonly code: 'nothing_to_change' }

/** Saves what a piece is. Its former address goes on leading to it. */
export async function saveProduct(
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  facts: ProductFacts,
): Promise<Result<{ readonly version: number }, SaveProductError>> {
  return editProduct<null, SaveProductError>(
    permit,
    seen,
    async (tx, product) => {
      const changed = await changeFacts(tx, product, facts)
      return changed.ok ? ok({ value: null, action: 'product.save', ...changed.value }) : changed
    },
    { products_slug_unique: { code: 'slug_taken' } },
  )
}

/** Writes what a locked piece is. @returns what differs, and the tags of the pages beside its own that show it. */
export async function changeFacts(tx: Transaction, product: LockedProduct, facts: ProductFacts) {
  const [shelf] = await tx.select({ id: categories.id }).from(categories).where(eq(categories.slug, facts.category))
  if (!shelf) return err({ code: 'unknown_category' })
  const changed = changedParts(factsOf(product), facts)
  if (!changed) return err({ code: 'nothing_to_change' })

  const { category: _, ...columns } = facts
  const moves = shelf.id !== product.categoryId
  const position = moves ? { categoryId: shelf.id, position: await endOfShelf(tx, shelf.id) } : {}
  await tx
    .update(products)
    .set({ ...columns, ...position })
    .where(eq(products.id, product.id))
  if (facts.slug !== product.slug) await moveAddress(tx, product, facts.slug)
  const shelves = moves ? [categoryTag(product.category), categoryTag(facts.category)] : []
  return ok({ ...changed, tags: [productTag(facts.slug), ...shelves] })
}

const factsOf = ({
  slug,
  category,
  name,
  description,
  material,
  dimensions,
  weightG,
}: LockedProduct): ProductFacts => ({
  ...{ slug, category, name, description, material, dimensions, weightG },
})

/** The place behind all others of a shelf. */
export async function endOfShelf(tx: Transaction, categoryId: number): Promise<number> {
  const [last] = await tx
    .select({ position: max(products.position) })
    .from(products)
    .where(eq(products.categoryId, categoryId))
  return (last?.position ?? -1) + 1
}

async function moveAddress(tx: Transaction, { id, slug }: LockedProduct, to: string): Promise<void> {
  await tx.delete(formerSlugs).where(eq(formerSlugs.slug, to))
  await tx
    .insert(formerSlugs)
    .values({ slug, productId: id })
    .onConflictDoUpdate({ target: formerSlugs.slug, set: { productId: id, leftAt: sql`now()` } })
}
