import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { HoldReasons } from '#lib/domain/risk/order-rules.ts'
import { instant } from '../columns.ts'
import { orders } from '../orders/schema.ts'

/**
 * Orders that are not to be sent before somebody has looked, one row for each that ever was: who released one has seen it,
 * so the rules do not hold it again. The packing bench leaves them out while `ended_at` is null, and shipping refuses.
 */
export const orderHolds = pgTable(
  'order_holds',
  {
    orderId: uuid()
      .primaryKey()
      .references(() => orders.id),
    reasons: jsonb().$type<HoldReasons>().notNull(),
    /** `system` or `staff:<id>`. */
    heldBy: text().notNull(),
    heldAt: instant().notNull(),
    endedBy: text(),
    endedAt: instant(),
    /** Why it is well after all. */
    note: text(),
  },
  (t) => [
    index('order_holds_open').on(t.heldAt).where(sql`${t.endedAt} is null`),
    check('order_holds_end', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
  ],
)

/** How far the watch has come, by name: `orders_judged` is the last payment whose order was judged. */
export const riskMarks = pgTable('risk_marks', {
  name: text().primaryKey(),
  value: bigint({ mode: 'bigint' }).notNull(),
})

/**
 * How often an address was turned away by a limit; a row for each ten seconds in which it was. Forgotten after an hour.
 */
export const limitRefusals = pgTable(
  'limit_refusals',
  {
    source: text().notNull(),
    limitName: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('limit_refusals_at').on(t.at)],
)

/**
 * Addresses that are slowed down: every door takes little from them until `until`. The watch writes one for who goes on
 * knocking where they were turned away; it ends by itself, or by a person. Forgotten after 30 days.
 */
export const slowedSources = pgTable(
  'slowed_sources',
  {
    id: uuid().primaryKey().defaultRandom(),
    source: text().notNull(),
    refusals: integer().notNull(),
    slowedAt: instant().notNull(),
    until: instant().notNull(),
    endedBy: text(),
  },
  (t) => [index('slowed_sources_until').on(t.until), uniqueIndex('slowed_sources_once').on(t.source, t.slowedAt)],
)
