import { type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { LocalizedText } from '#lib/domain/locale.ts'
import type { PhotoCrop } from '#lib/domain/photo-crop.ts'
import { fen, instant } from '../columns.ts'

/** Millimetres, and millilitres for `capacity_ml`. Only what applies to the piece is there. */
export type Dimensions = { readonly [measure in 'length' | 'width' | 'height' | 'diameter' | 'capacity_ml']?: number }

/** The shop's shelves. Read by every catalogue page; written by the seed and the back office. */
export const categories = pgTable('categories', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  slug: text().notNull().unique(),
  position: integer().notNull(),
  name: jsonb().$type<LocalizedText>().notNull(),
  /** One more with each change of its name, so that a stale form is noticed. */
  version: integer().notNull().default(1),
})

/** Names of option values ("glaze" = "celadon" → "Céladon"), shared by all products. */
export const optionValues = pgTable(
  'option_values',
  {
    option: text().notNull(),
    value: text().notNull(),
    position: integer().notNull(),
    name: jsonb().$type<LocalizedText>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.option, t.value] })],
)

/** What the back office looks for a piece by: its address and its name in every language. */
export const productWords = (t: { slug: AnyPgColumn; name: AnyPgColumn }): SQL =>
  sql`(${t.slug} || ' ' || (${t.name} ->> 'en') || ' ' || (${t.name} ->> 'fr') || ' ' || (${t.name} ->> 'zh'))`

/**
 * What is shown as one piece; what is bought is a variant of it.
 * `products_category_position` serves the category pages in their own order, `products_published_at` the new pieces;
 * both hold published pieces only, so that a page is read and a shelf is counted without touching the table.
 * A draft may have gaps: an empty text is one that nobody has written yet. A published piece has none
 * (`lib/domain/sale-gaps.ts`). `products_words` serves the back office, which also finds what is not published.
 */
export const products = pgTable(
  'products',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    slug: text().notNull().unique(),
    categoryId: integer()
      .notNull()
      .references(() => categories.id),
    position: integer().notNull(),
    published: boolean().notNull().default(true),
    /** Decides "new pieces" and the feed. */
    publishedAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** Set when it was taken out of the shop for good; what was ordered once is never deleted. */
    archivedAt: instant(),
    /** One more with each change of the piece, its variants or its pictures, so that a stale form is noticed. */
    version: integer().notNull().default(1),
    name: jsonb().$type<LocalizedText>().notNull(),
    description: jsonb().$type<LocalizedText>().notNull(),
    material: jsonb().$type<LocalizedText>().notNull(),
    dimensions: jsonb().$type<Dimensions>().notNull(),
    weightG: integer().notNull(),
  },
  (t) => [
    index('products_category_position').on(t.categoryId, t.position, t.id).where(sql`${t.published}`),
    index('products_published_at').on(t.publishedAt, t.id).where(sql`${t.published}`),
    index('products_words').using('gin', sql`${productWords(t)} gin_trgm_ops`),
    check('products_weight', sql`${t.weightG} > 0`),
    check('products_archived', sql`${t.archivedAt} is null or not ${t.published}`),
  ],
)

/**
 * What has a price, a picture and stock. `slug` is made of its option values and is its address below the product.
 * `material`, `dimensions` and `weight_g` override the product's where they are set. The four columns of the picture
 * are a copy of its row in `product_photos`, so that no page has to look there.
 */
export const variants = pgTable(
  'variants',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    productId: integer()
      .notNull()
      .references(() => products.id),
    sku: text().notNull().unique(),
    slug: text().notNull(),
    position: integer().notNull(),
    options: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    /** False for what is not complete yet, or not made any more: the shop neither shows nor sells it. */
    offered: boolean().notNull().default(true),
    priceFen: bigint({ mode: 'bigint' }).notNull(),
    image: text().notNull(),
    imageAlt: jsonb().$type<LocalizedText>().notNull(),
    /** A data: URL of 16 px that stands in until the picture is there. */
    imageBlur: text().notNull(),
    /** `#rrggbb` of the piece. */
    imageColour: text().notNull(),
    material: jsonb().$type<LocalizedText>(),
    dimensions: jsonb().$type<Dimensions>(),
    weightG: integer(),
  },
  (t) => [
    unique('variants_product_slug').on(t.productId, t.slug),
    index('variants_product_position').on(t.productId, t.position),
    index('variants_sku_words').using('gin', sql`${t.sku} gin_trgm_ops`),
    check('variants_price', sql`${t.priceFen} > 0`),
  ],
)

/** Every change of `variants.price_fen`, append-only. Written in the transaction of the change. */
export const priceChanges = pgTable(
  'price_changes',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    variantId: integer()
      .notNull()
      .references(() => variants.id),
    fromFen: bigint({ mode: 'bigint' }).notNull(),
    toFen: bigint({ mode: 'bigint' }).notNull(),
    reason: text().notNull(),
    actor: text().notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [
    index('price_changes_variant').on(t.variantId, t.id),
    check('price_changes_differ', sql`${t.fromFen} <> ${t.toFen}`),
  ],
)

/** Addresses that a piece had before: they lead to where it is now. A piece that takes one over is what it means then. */
export const formerSlugs = pgTable(
  'former_slugs',
  {
    slug: text().primaryKey(),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    leftAt: instant().notNull().defaultNow(),
  },
  (t) => [index('former_slugs_product').on(t.productId)],
)

/**
 * The pictures of a piece in their order: what its variants can show, and further views of it. `file` is the square
 * picture whose sizes are made ahead of time (`lib/photos`); `original` is what was uploaded, kept so that it can be
 * cut anew, and null for the pictures that came with the shop.
 */
export const productPhotos = pgTable(
  'product_photos',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    file: text().notNull(),
    original: text(),
    crop: jsonb().$type<PhotoCrop>(),
    alt: jsonb().$type<LocalizedText>().notNull(),
    /** As in `variants`. */
    blur: text().notNull(),
    colour: text().notNull(),
  },
  (t) => [unique('product_photos_file').on(t.productId, t.file)],
)

/** Pieces that the staff chose to show below another; where there are fewer than a page shows, its shelf fills up. */
export const relatedProducts = pgTable(
  'related_products',
  {
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    relatedId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.relatedId] }),
    index('related_products_related').on(t.relatedId),
    check('related_products_other', sql`${t.productId} <> ${t.relatedId}`),
  ],
)

/**
 * Prices that are to be from a moment on. A row is open until it was applied or withdrawn; the job that its planning
 * enqueued applies it, and a sweep every few minutes whatever that missed. `planned_prices_open` serves the sweep.
 */
export const plannedPrices = pgTable(
  'planned_prices',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    variantId: integer()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    priceFen: fen().notNull(),
    startsAt: instant().notNull(),
    reason: text().notNull(),
    actor: text().notNull(),
    plannedAt: instant().notNull().defaultNow(),
    appliedAt: instant(),
    withdrawnAt: instant(),
  },
  (t) => [
    index('planned_prices_open').on(t.startsAt).where(sql`${t.appliedAt} is null and ${t.withdrawnAt} is null`),
    uniqueIndex('planned_prices_moment')
      .on(t.variantId, t.startsAt)
      .where(sql`${t.appliedAt} is null and ${t.withdrawnAt} is null`),
    check('planned_prices_price', sql`${t.priceFen} > 0`),
    check('planned_prices_ended_once', sql`${t.appliedAt} is null or ${t.withdrawnAt} is null`),
  ],
)

/**
 * Tables that somebody uploaded: kept as they came while what they would change is looked at, so that what is applied
 * is what was seen. Removed by the next upload when they are a day old.
 */
export const catalogueSheets = pgTable('catalogue_sheets', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  content: text().notNull(),
  actor: text().notNull(),
  uploadedAt: instant().notNull().defaultNow(),
  appliedAt: instant(),
})
