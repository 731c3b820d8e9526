import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Locale } from '#lib/domain/locale.ts'
import { products } from '../catalog/schema.ts'
import { tsvector } from '../columns.ts'

/**
 * What search reads: a row for each published piece and language. Written by triggers alone, in the transaction of
 * whatever changed a text of the piece, its variants, its shelf or an option, so that no writer can forget it.
 * `heading` holds name, shelf, options and material; `document` the same and the descriptions, weighted A (name),
 * B (rest of the heading), C. Two columns, so that the pieces which are called so are found without weighing all that
 * mention it. Partitioned by language in the migration. Indexes take a change at once (`fastupdate` off), since a
 * search would have to read through the changes that wait.
 */
export const productSearch = pgTable(
  'product_search',
  {
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    locale: text().$type<Locale>().notNull(),
    heading: tsvector().notNull(),
    document: tsvector().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.locale] }),
    index('product_search_heading').using('gin', t.heading).with({ fastupdate: false }),
    index('product_search_document').using('gin', t.document).with({ fastupdate: false }),
  ],
)

/**
 * Every word that a heading ever held, to correct a mistyped one by. `word` is without accents, `spelling` as written.
 * A word stays when its last piece goes; whoever corrects by it asks whether it still finds something.
 */
export const searchWords = pgTable(
  'search_words',
  {
    locale: text().$type<Locale>().notNull(),
    word: text().notNull(),
    spelling: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.locale, t.word] }),
    index('search_words_trigrams').using('gin', t.word.op('gin_trgm_ops')),
  ],
)
