import 'server-only'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { type StockBand, stockBand } from '#lib/domain/stock-band.ts'
import { db } from '../client.ts'
import { stock } from '../stock/schema.ts'
import { inLocale } from './in-locale.ts'
import { isPublished } from './is-published.ts'
import type { CategoryView } from './list-categories.ts'
import { readOptionNames } from './read-option-names.ts'
import { categories, type Dimensions, productPhotos, products, variants } from './schema.ts'

export type VariantView = {
  readonly slug: string
  readonly sku: string
  /** Option → value; the names are in `ProductView.options`. */
  readonly options: Readonly<Record<string, string>>
  readonly priceFen: Fen
  readonly stock: StockBand
  readonly image: string
  readonly imageAlt: string
  readonly imageBlur: string
  readonly imageColour: string
  readonly material: string
  readonly dimensions: Dimensions
  /** Grams. */
  readonly weightG: number
}

export type ProductView = {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly publishedAt: Date
  readonly category: CategoryView
  /** What there is to choose, in the order of the shop; only values that a variant of this piece has. */
  readonly options: readonly {
    readonly option: string
    readonly values: readonly { readonly value: string; readonly name: string }[]
  }[]
  /** At least one, the first is shown when none was chosen. */
  readonly variants: readonly VariantView[]
  /** Pictures beside those of the variants, in their order. */
  readonly views: readonly { readonly image: string; readonly alt: string }[]
}

/** A published piece with all that its page shows. Null when there is none. */
export const getProduct = (locale: Locale, slug: string): Promise<ProductView | null> =>
  readProduct(locale, and(eq(products.slug, slug), isPublished))

/** A piece as its page would show it, published or not. Null when there is none, or no variant to show. */
export const previewProduct = (
  _: Permit<'catalogue.read'>,
  locale: Locale,
  productId: number,
): Promise<ProductView | null> => readProduct(locale, eq(products.id, productId))

async function readProduct(locale: Locale, which: SQL | undefined): Promise<ProductView | null> {
  const [product] = await db
    .select({
      id: products.id,
      slug: products.slug,
      name: inLocale(products.name, locale),
      description: inLocale(products.description, locale),
      publishedAt: products.publishedAt,
      category: { slug: categories.slug, name: inLocale(categories.name, locale) },
    })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(which)
  if (!product) return null

  const [rows, photos, optionNames] = await Promise.all([
    readVariants(locale, product.id),
    readPhotos(locale, product.id),
    readOptionNames(locale),
  ])
  if (rows.length === 0) return null

  const options = [...optionNames].flatMap(([option, values]) => {
    const offered = new Set(rows.map((row) => row.options[option]))
    const choices = values.filter(({ value }) => offered.has(value))
    return choices.length > 0 ? [{ option, values: choices }] : []
  })
  const { id: _, ...view } = product
  const shownByVariants = new Set(rows.map(({ image }) => image))
  const views = photos.filter(({ image }) => !shownByVariants.has(image))
  return { ...view, options, variants: rows, views }
}

/** Pictures that nobody has put into words yet stay in the office. */
const readPhotos = (locale: Locale, productId: number) =>
  db
    .select({ image: productPhotos.file, alt: inLocale(productPhotos.alt, locale) })
    .from(productPhotos)
    .where(and(eq(productPhotos.productId, productId), sql`${productPhotos.alt} ->> ${locale}::text <> ''`))
    .orderBy(asc(productPhotos.position), asc(productPhotos.id))

async function readVariants(locale: Locale, productId: number): Promise<VariantView[]> {
  const rows = await db
    .select({
      slug: variants.slug,
      sku: variants.sku,
      options: variants.options,
      priceFen: variants.priceFen,
      image: variants.image,
      imageAlt: inLocale(variants.imageAlt, locale),
      imageBlur: variants.imageBlur,
      imageColour: variants.imageColour,
      material: sql<string>`coalesce(${variants.material}, ${products.material}) ->> ${locale}::text`,
      dimensions: sql<Dimensions>`coalesce(${variants.dimensions}, ${products.dimensions})`,
      weightG: sql<number>`coalesce(${variants.weightG}, ${products.weightG})`,
      available: sql<number>`${stock.onHand} - ${stock.held}`,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(and(eq(variants.productId, productId), variants.offered))
    .orderBy(asc(variants.position), asc(variants.id))
  return rows.map(({ available, priceFen, ...row }) => ({
    ...row,
    priceFen: toFen(priceFen),
    stock: stockBand(available),
  }))
}
