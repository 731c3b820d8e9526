import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { variants } from '../catalog/schema.ts'
import { orders } from '../orders/schema.ts'

/**
 * Units of each variant. What can be bought is `on_hand − held`; a placed order holds, a payment turns the hold into a
 * sale. Locked by variant id in ascending order, always after payment and order.
 */
export const stock = pgTable(
  'stock',
  {
    variantId: integer()
      .primaryKey()
      .references(() => variants.id),
    onHand: integer().notNull(),
    held: integer().notNull().default(0),
    /** From so many units down it is on the list of what runs low; null takes the shop's own number. */
    lowAt: integer(),
  },
  (t) => [
    check('stock_on_hand', sql`${t.onHand} >= 0`),
    check('stock_held', sql`${t.held} between 0 and ${t.onHand}`),
    check('stock_low_at', sql`${t.lowAt} >= 0`),
  ],
)

/** Every change of `stock.on_hand`, append-only; their sum is the stock. Written in the transaction of the change. */
export const stockMovements = pgTable(
  'stock_movements',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    variantId: integer()
      .notNull()
      .references(() => variants.id),
    quantity: integer().notNull(),
    reason: text().notNull(),
    actor: text().notNull(),
    /** The order that it was sold to. */
    orderId: uuid().references(() => orders.id),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [
    index('stock_movements_variant').on(t.variantId, t.id),
    index('stock_movements_at').using('brin', t.at),
    check('stock_movements_quantity', sql`${t.quantity} <> 0`),
  ],
)
