import 'server-only'
import { asc, eq, sql } from 'drizzle-orm'
import { productTag } from '#lib/domain/cache-tags.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { type SaleGap, saleGaps } from '#lib/domain/sale-gaps.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import type { Transaction } from '../../client.ts'
import { invalidateTags } from '../../invalidations/invalidate-tags.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { categories, products, variants } from '../schema.ts'

/** The piece that a form is about, and the version that it showed. */
export type SeenProduct = { readonly productId: number; readonly version: number }

export type EditProductError =
  | { readonly code: 'unknown_product' }
  /** Somebody changed it since the form was opened: it is at `version` by now. */
  | { readonly code: 'changed_meanwhile'; readonly version: number }
  /** It is in the shop, and would lack these. */
  | { readonly code: 'gaps'; readonly gaps: readonly SaleGap[] }

export type LockedProduct = Awaited<ReturnType<typeof lockProduct>> & {}

/** What an edit did: for the log, and which pages beside those that show the piece are no longer right. */
export type ProductEdit<T> = {
  readonly value: T
  readonly action: string
  readonly before?: unknown
  readonly after?: unknown
  readonly reason?: string
  readonly tags?: readonly string[]
}

/**
 * The one way in which staff change a piece: in a transaction that locks it, refuses a form which is older than the
 * piece, and, when `edit` is done, counts the version up, writes the log and lets the pages be rendered anew. A piece
 * that is in the shop must be whole afterwards, or nothing has happened.
 */
export const editProduct = <T, E extends { readonly code: string }>(
  permit: Permit,
  seen: SeenProduct,
  edit: EditOf<T, E>,
  taken: Readonly<Record<string, E>> = {},
): Promise<Result<EditedProduct<T>, E | EditProductError>> =>
  undoWhenRefused<EditedProduct<T>, E | EditProductError>((tx) => editWithin(tx, permit, seen, edit), taken)

type EditOf<T, E extends { readonly code: string }> = (
  tx: Transaction,
  product: LockedProduct,
) => Promise<Result<ProductEdit<T>, E>>
type EditedProduct<T> = { readonly version: number; readonly value: T }

/** The same in a transaction of the caller, who undoes it when it is refused. */
export async function editWithin<T, E extends { readonly code: string }>(
  tx: Transaction,
  permit: Permit,
  { productId, version }: SeenProduct,
  edit: EditOf<T, E>,
): Promise<Result<EditedProduct<T>, E | EditProductError>> {
  const product = await lockProduct(tx, productId)
  if (!product) return err({ code: 'unknown_product' })
  if (product.version !== version) return err({ code: 'changed_meanwhile', version: product.version })
  const edited = await edit(tx, product)
  if (!edited.ok) return edited

  const { value, tags = [], ...entry } = edited.value
  const gaps = await gapsOfPublished(tx, productId)
  if (gaps.length > 0) return err({ code: 'gaps', gaps })
  await tx
    .update(products)
    .set({ version: sql`${products.version} + 1` })
    .where(eq(products.id, productId))
  await appendAuditEntry(tx, {
    actor: staffActor(permit),
    about: { kind: 'product', id: String(productId) },
    ...entry,
  })
  await invalidateTags(tx, [productTag(product.slug), ...tags])
  return ok({ version: version + 1, value })
}

/** Locked before its variants, by everybody. */
async function lockProduct(tx: Transaction, productId: number) {
  const [product] = await tx
    .select({
      id: products.id,
      slug: products.slug,
      category: categories.slug,
      categoryId: products.categoryId,
      published: products.published,
      publishedAt: products.publishedAt,
      archivedAt: products.archivedAt,
      version: products.version,
      name: products.name,
      description: products.description,
      material: products.material,
      dimensions: products.dimensions,
      weightG: products.weightG,
    })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(eq(products.id, productId))
    .for('no key update', { of: products })
  return product
}

async function gapsOfPublished(tx: Transaction, productId: number): Promise<readonly SaleGap[]> {
  const [piece] = await tx
    .select({
      published: products.published,
      name: products.name,
      description: products.description,
      material: products.material,
    })
    .from(products)
    .where(eq(products.id, productId))
  if (!piece?.published) return []
  const offered = await tx
    .select({
      sku: variants.sku,
      offered: variants.offered,
      image: variants.image,
      imageAlt: variants.imageAlt,
    })
    .from(variants)
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position), asc(variants.id))
  return saleGaps({ ...piece, variants: offered })
}
