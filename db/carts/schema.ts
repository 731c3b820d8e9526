import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/schema.ts'
import { variants } from '../catalog/schema.ts'
import { bytea } from '../columns.ts'

/**
 * A shopper's basket. The browser holds a random token, we hold its SHA-256, so that a copy of the table opens no
 * basket. `carts_updated_at` serves the job that removes what nobody came back for, `carts_created_at` the
 * figures of a day.
 */
export const carts = pgTable(
  'carts',
  {
    tokenHash: bytea().primaryKey(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [index('carts_updated_at').on(t.updatedAt), index('carts_created_at').using('brin', t.createdAt)],
)

/** `price_seen_fen` is the unit price that the shopper last saw, so that the cart can say what changed since. */
export const cartLines = pgTable(
  'cart_lines',
  {
    cart: bytea()
      .notNull()
      .references(() => carts.tokenHash, { onDelete: 'cascade' }),
    variantId: integer()
      .notNull()
      .references(() => variants.id),
    quantity: integer().notNull(),
    priceSeenFen: bigint({ mode: 'bigint' }).notNull(),
    addedAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.cart, t.variantId] }),
    check('cart_lines_quantity', sql`${t.quantity} between 1 and 99`),
  ],
)

/**
 * What a shopper without JavaScript typed at the checkout, with what was wrong, so that the page can show it again.
 * One for each basket, written by the checkout's door, gone with the order or with the basket.
 */
export const checkoutDrafts = pgTable('checkout_drafts', {
  cart: bytea()
    .primaryKey()
    .references(() => carts.tokenHash, { onDelete: 'cascade' }),
  draft: jsonb().$type<unknown>().notNull(),
  updatedAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
})

/** The cart that somebody left in their account, of the browser that signed in last; `keep-account-cart.ts` merges it. */
export const accountCarts = pgTable(
  'account_carts',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    cart: bytea()
      .notNull()
      .references(() => carts.tokenHash, { onDelete: 'cascade' }),
  },
  (t) => [index('account_carts_cart').on(t.cart)],
)
