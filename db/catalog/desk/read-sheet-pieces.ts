import 'server-only'
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { SheetPiece } from '#lib/catalog/sheet-piece.ts'
import { toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { stock } from '../../stock/schema.ts'
import { categories, products, variants } from '../schema.ts'

/** The pieces with these addresses, as a table shows them. */
export const readNamedPieces = async (_: Permit<'catalogue.edit'>, slugs: readonly string[]): Promise<SheetPiece[]> =>
  slugs.length === 0 ? [] : withVariants(await pieces().where(inArray(products.slug, [...slugs])))

/** The next pieces that are not archived, by their id. */
export const readNextPieces = async (
  _: Permit<'catalogue.read'>,
  afterId: number,
  limit: number,
): Promise<SheetPiece[]> =>
  withVariants(
    await pieces()
      .where(and(gt(products.id, afterId), isNull(products.archivedAt)))
      .orderBy(asc(products.id))
      .limit(limit),
  )

/** The piece that each of these SKUs is of; those that nobody has are left out. */
export async function findPiecesOfSkus(skus: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (skus.length === 0) return new Map()
  const rows = await db
    .select({ sku: variants.sku, slug: products.slug })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(variants.sku, [...skus]))
  return new Map(rows.map(({ sku, slug }) => [sku, slug]))
}

const pieces = () =>
  db
    .select({
      productId: products.id,
      version: products.version,
      slug: products.slug,
      category: categories.slug,
      published: products.published,
      archivedAt: products.archivedAt,
      name: products.name,
      description: products.description,
      material: products.material,
      dimensions: products.dimensions,
      weightG: products.weightG,
    })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .$dynamic()

async function withVariants(found: Awaited<ReturnType<typeof pieces>>): Promise<SheetPiece[]> {
  if (found.length === 0) return []
  const rows = await db
    .select({
      productId: variants.productId,
      sku: variants.sku,
      options: variants.options,
      weightG: variants.weightG,
      offered: variants.offered,
      priceFen: variants.priceFen,
      onHand: stock.onHand,
      image: variants.image,
      imageAlt: variants.imageAlt,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(
      inArray(
        variants.productId,
        found.map(({ productId }) => productId),
      ),
    )
    .orderBy(asc(variants.position), asc(variants.id))
  const ofPiece = Map.groupBy(rows, ({ productId }) => productId)
  return found.map(({ archivedAt, ...piece }) => ({
    ...piece,
    archived: archivedAt !== null,
    variants: (ofPiece.get(piece.productId) ?? []).map(({ productId: _, priceFen, ...variant }) => ({
      ...variant,
      priceFen: toFen(priceFen),
    })),
  }))
}
