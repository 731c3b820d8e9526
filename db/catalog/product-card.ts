import 'server-only'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { type StockBand, stockBand } from '#lib/domain/stock-band.ts'
import { db } from '../client.ts'
import { stock } from '../stock/schema.ts'
import { inLocale } from './in-locale.ts'
import { isPublished } from './is-published.ts'
import { type OptionNames, readOptionNames } from './read-option-names.ts'
import { products, variants } from './schema.ts'

/** A piece in a list. Picture and `sku` are those of its first variant that can be bought, else of its first. */
export type ProductCard = {
  readonly slug: string
  readonly name: string
  readonly sku: string
  readonly variantSlug: string
  readonly variantCount: number
  readonly priceFromFen: Fen
  readonly priceToFen: Fen
  /** Over all variants together: 3 of one and 3 of another are six, "in stock". */
  readonly stock: StockBand
  readonly image: string
  readonly imageAlt: string
  readonly imageBlur: string
  readonly imageColour: string
  /** In the order of the shop, each once. */
  readonly glazes: readonly { readonly value: string; readonly name: string }[]
}

const findVariants = (locale: Locale, productIds: readonly number[]) =>
  db
    .select({
      productId: variants.productId,
      slug: variants.slug,
      sku: variants.sku,
      options: variants.options,
      priceFen: variants.priceFen,
      image: variants.image,
      imageAlt: inLocale(variants.imageAlt, locale),
      imageBlur: variants.imageBlur,
      imageColour: variants.imageColour,
      available: sql<number>`${stock.onHand} - ${stock.held}`,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(and(inArray(variants.productId, [...productIds]), variants.offered))
    .orderBy(asc(variants.productId), asc(variants.position))

type VariantRow = Awaited<ReturnType<typeof findVariants>>[number]

/** Cards for these products in this order, in two queries however many they are. Unpublished or unknown ids fall out. */
export async function readProductCards(locale: Locale, productIds: readonly number[]): Promise<ProductCard[]> {
  if (productIds.length === 0) return []
  const [names, rows, optionNames] = await Promise.all([
    db
      .select({ id: products.id, slug: products.slug, name: inLocale(products.name, locale) })
      .from(products)
      .where(and(inArray(products.id, [...productIds]), isPublished)),
    findVariants(locale, productIds),
    readOptionNames(locale),
  ])
  const nameOf = new Map(names.map((row) => [row.id, row]))
  const variantsOf = Map.groupBy(rows, (row) => row.productId)
  return productIds.flatMap((id) => {
    const [product, ofProduct] = [nameOf.get(id), variantsOf.get(id)]
    return product && ofProduct ? toCard(product, ofProduct, optionNames) : []
  })
}

function toCard(
  product: { slug: string; name: string },
  rows: readonly VariantRow[],
  optionNames: OptionNames,
): ProductCard[] {
  const shown = rows.find((row) => row.available > 0) ?? rows[0]
  if (!shown) return []
  const prices = rows.map((row) => row.priceFen).sort((a, b) => (a < b ? -1 : 1))
  const glazes = new Set(rows.flatMap((row) => row.options['glaze'] ?? []))
  return [
    {
      slug: product.slug,
      name: product.name,
      sku: shown.sku,
      variantSlug: shown.slug,
      variantCount: rows.length,
      priceFromFen: toFen(prices[0] ?? shown.priceFen),
      priceToFen: toFen(prices.at(-1) ?? shown.priceFen),
      stock: stockBand(rows.reduce((total, row) => total + row.available, 0)),
      image: shown.image,
      imageAlt: shown.imageAlt,
      imageBlur: shown.imageBlur,
      imageColour: shown.imageColour,
      glazes: (optionNames.get('glaze') ?? []).filter(({ value }) => glazes.has(value)),
    },
  ]
}
