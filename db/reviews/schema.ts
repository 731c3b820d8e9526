import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { LOCALES } from '#lib/domain/locale.ts'
import { REVIEW_AT_MOST, REVIEW_STATES } from '#lib/domain/review.ts'
import { accounts } from '../accounts/schema.ts'
import { products } from '../catalog/schema.ts'
import { instant, isOneOf } from '../columns.ts'
import { orderLines } from '../orders/schema.ts'

/**
 * What customers say of a piece that reached them: one a piece and account (`reviews_account_product`), tied to the line
 * of an order that it was bought with. Plain text, never HTML. Only `published` ones are shown, and each change by its
 * author makes it `pending` again; `version` counts these changes, so that nobody publishes words that they have not
 * read. A review that its author takes back is gone, as all of them are with their account.
 * `reviews_published` serves the piece's page, `reviews_state` the desk.
 */
export const reviews = pgTable(
  'reviews',
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    productId: integer()
      .notNull()
      .references(() => products.id),
    orderId: uuid().notNull(),
    position: integer().notNull(),
    /** The language that it was written in, as that of the page. */
    locale: text({ enum: LOCALES }).notNull(),
    stars: smallint().notNull(),
    title: text().notNull(),
    words: text().notNull(),
    /** How its author wants to be called beneath it. */
    author: text().notNull(),
    state: text({ enum: REVIEW_STATES }).notNull().default('pending'),
    version: integer().notNull().default(1),
    writtenAt: instant().notNull(),
    /** When its author changed it last. */
    changedAt: instant().notNull(),
    /** Our answer, shown beneath it. */
    answer: text(),
    /** Why it is not shown, to its author. */
    refusal: text(),
    decidedBy: text(),
    decidedAt: instant(),
  },
  (t) => [
    foreignKey({
      name: 'reviews_line',
      columns: [t.orderId, t.position],
      foreignColumns: [orderLines.orderId, orderLines.position],
    }),
    unique('reviews_account_product').on(t.accountId, t.productId),
    index('reviews_published').on(t.productId, t.writtenAt).where(sql`${t.state} = 'published'`),
    index('reviews_state').on(t.state, t.changedAt, t.id),
    index('reviews_line_of').on(t.orderId),
    check('reviews_locale', isOneOf(t.locale, LOCALES)),
    check('reviews_state', isOneOf(t.state, REVIEW_STATES)),
    check('reviews_stars', sql`${t.stars} between 1 and 5`),
    check(
      'reviews_lengths',
      sql`length(${t.title}) between 1 and ${sql.raw(String(REVIEW_AT_MOST.title))}
        and length(${t.words}) between 1 and ${sql.raw(String(REVIEW_AT_MOST.words))}
        and length(${t.author}) between 1 and ${sql.raw(String(REVIEW_AT_MOST.author))}`,
    ),
    check('reviews_refused_why', sql`(${t.state} = 'refused') = (${t.refusal} is not null)`),
  ],
)
