import { sql } from 'drizzle-orm'
import {
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
} from 'drizzle-orm/pg-core'
import type { LocalizedText } from '#lib/domain/locale.ts'

/** Millimetres, and millilitres for `capacity_ml`. Only what applies to the piece is there. */
export type Dimensions = { readonly [measure in 'length' | 'width' | 'height' | 'diameter' | 'capacity_ml']?: number }

/** The shop's shelves. Read by every catalogue page; written by the seed and the back office. */
export const categories = pgTable('categories', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  slug: text().notNull().unique(),
  position: integer().notNull(),
  name: jsonb().$type<LocalizedText>().notNull(),
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

/**
 * What is shown as one piece; what is bought is a variant of it.
 * `products_category_position` serves the category pages in their own order, `products_published_at` the new pieces;
 * both hold published pieces only, so that a page is read and a shelf is counted without touching the table.
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
    name: jsonb().$type<LocalizedText>().notNull(),
    description: jsonb().$type<LocalizedText>().notNull(),
    material: jsonb().$type<LocalizedText>().notNull(),
    dimensions: jsonb().$type<Dimensions>().notNull(),
    weightG: integer().notNull(),
  },
  (t) => [
    index('products_category_position').on(t.categoryId, t.position, t.id).where(sql`${t.published}`),
    index('products_published_at').on(t.publishedAt, t.id).where(sql`${t.published}`),
    check('products_weight', sql`${t.weightG} > 0`),
  ],
)

/**
 * What has a price, a picture and stock. `slug` is made of its option values and is its address below the product.
 * `material`, `dimensions` and `weight_g` override the product's where they are set.
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
