import { sql } from 'drizzle-orm'
import type { Db } from '../../client.ts'
import { stock, stockMovements } from '../../stock/schema.ts'
import { categories, optionValues, productPhotos, products, variants } from '../schema.ts'
import { readCatalog } from './read-catalog.ts'

/** One day between pieces, so that "new pieces" has an order from the first start. */
const DAY_MS = 86_400_000

/**
 * Fills an empty shop with the demonstration catalogue, in one transaction; does nothing when there is a product.
 * @returns how many products were written.
 */
export async function seedCatalog(db: Db, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('seed-catalog'))`)
    const [existing] = await tx.select({ id: products.id }).from(products).limit(1)
    if (existing) return 0

    const catalog = readCatalog()
    const shelves = await tx
      .insert(categories)
      .values(catalog.categories.map((category, position) => ({ ...category, position })))
      .returning({ id: categories.id, slug: categories.slug })
    const shelfId = new Map(shelves.map((shelf) => [shelf.slug, shelf.id]))

    await tx
      .insert(optionValues)
      .values(
        Object.entries(catalog.options).flatMap(([option, values]) =>
          Object.entries(values).map(([value, name], position) => ({ option, value, position, name })),
        ),
      )

    for (const [position, piece] of catalog.products.entries()) {
      const categoryId = shelfId.get(piece.category)
      if (categoryId === undefined) throw new Error(`${piece.slug} is on the unknown shelf ${piece.category}`)
      const [product] = await tx
        .insert(products)
        .values({
          slug: piece.slug,
          categoryId,
          position,
          publishedAt: new Date(now.getTime() - (catalog.products.length - position) * DAY_MS),
          name: piece.name,
          description: piece.description,
          material: piece.material,
          dimensions: piece.dimensions,
          weightG: piece.weight_g,
        })
        .returning({ id: products.id })
      if (!product) throw new Error(`${piece.slug} was not written`)

      const written = await tx
        .insert(variants)
        .values(
          piece.variants.map((variant, variantPosition) => ({
            productId: product.id,
            sku: variant.sku,
            slug: Object.values(variant.options).join('-'),
            position: variantPosition,
            options: variant.options,
            priceFen: variant.price_cny_fen ?? piece.price_cny_fen,
            image: variant.image,
            imageAlt: variant.alt,
            imageBlur: variant.blur,
            imageColour: variant.dominant,
            material: variant.material ?? null,
            dimensions: variant.dimensions ?? null,
            weightG: variant.weight_g ?? null,
          })),
        )
        .returning({ id: variants.id, sku: variants.sku })
      await tx.insert(productPhotos).values(
        piece.variants.map((variant, photoPosition) => ({
          productId: product.id,
          position: photoPosition,
          file: variant.image,
          alt: variant.alt,
          blur: variant.blur,
          colour: variant.dominant,
        })),
      )
      const units = new Map(piece.variants.map((variant) => [variant.sku, variant.stock]))
      const counted = written.map(({ id, sku }) => ({ variantId: id, onHand: units.get(sku) ?? 0 }))
      await tx.insert(stock).values(counted)
      await tx
        .insert(stockMovements)
        .values(
          counted
            .filter(({ onHand }) => onHand > 0)
            .map(({ variantId, onHand }) => ({ variantId, quantity: onHand, reason: 'opening_stock', actor: 'seed' })),
        )
    }
    return catalog.products.length
  })
}
