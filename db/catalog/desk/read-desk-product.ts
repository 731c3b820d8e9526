import 'server-only'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { orderLines } from '../../orders/schema.ts'
import { stock } from '../../stock/schema.ts'
import {
  categories,
  formerSlugs,
  plannedPrices,
  productPhotos,
  products,
  relatedProducts,
  variants,
} from '../schema.ts'

export type DeskProduct = NonNullable<Awaited<ReturnType<typeof readDeskProduct>>>
export type DeskVariant = DeskProduct['variants'][number]
export type DeskPhoto = DeskProduct['photos'][number]

/** A piece with all that its editor shows, published or not. Null when there is none. */
export async function readDeskProduct(_: Permit<'catalogue.read'>, productId: number) {
  const [product] = await db
    .select({
      id: products.id,
      version: products.version,
      slug: products.slug,
      category: categories.slug,
      published: products.published,
      publishedAt: products.publishedAt,
      archivedAt: products.archivedAt,
      name: products.name,
      description: products.description,
      material: products.material,
      dimensions: products.dimensions,
      weightG: products.weightG,
    })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(eq(products.id, productId))
  if (!product) return null
  const [ofProduct, photos, related, former] = await Promise.all([
    readVariants(productId),
    db
      .select()
      .from(productPhotos)
      .where(eq(productPhotos.productId, productId))
      .orderBy(asc(productPhotos.position), asc(productPhotos.id)),
    db
      .select({ slug: products.slug, name: products.name, published: products.published })
      .from(relatedProducts)
      .innerJoin(products, eq(products.id, relatedProducts.relatedId))
      .where(eq(relatedProducts.productId, productId))
      .orderBy(asc(relatedProducts.position)),
    db.select({ slug: formerSlugs.slug }).from(formerSlugs).where(eq(formerSlugs.productId, productId)),
  ])
  return { ...product, variants: ofProduct, photos, related, formerSlugs: former.map(({ slug }) => slug) }
}

async function readVariants(productId: number) {
  const rows = await db
    .select({
      id: variants.id,
      sku: variants.sku,
      slug: variants.slug,
      options: variants.options,
      offered: variants.offered,
      priceFen: variants.priceFen,
      image: variants.image,
      imageAlt: variants.imageAlt,
      weightG: variants.weightG,
      onHand: stock.onHand,
      held: stock.held,
      ordered: sql<boolean>`exists (select from ${orderLines} where ${orderLines.variantId} = ${variants.id})`,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position), asc(variants.id))
  const planned = await readPlans(rows.map(({ id }) => id))
  return rows.map((row) => ({ ...row, priceFen: toFen(row.priceFen), planned: planned.get(row.id) ?? [] }))
}

export type PlannedPrice = { readonly id: number; readonly priceFen: Fen; readonly startsAt: Date }

/** The prices that are still to come, by variant, the next one first. */
async function readPlans(variantIds: readonly number[]): Promise<ReadonlyMap<number, readonly PlannedPrice[]>> {
  if (variantIds.length === 0) return new Map()
  const rows = await db
    .select({
      id: plannedPrices.id,
      variantId: plannedPrices.variantId,
      priceFen: plannedPrices.priceFen,
      startsAt: plannedPrices.startsAt,
    })
    .from(plannedPrices)
    .where(
      and(
        inArray(plannedPrices.variantId, [...variantIds]),
        isNull(plannedPrices.appliedAt),
        isNull(plannedPrices.withdrawnAt),
      ),
    )
    .orderBy(asc(plannedPrices.startsAt))
  return Map.groupBy(rows, ({ variantId }) => variantId)
}
