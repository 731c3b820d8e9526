import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { CARRIER_CODES } from '#lib/domain/carriers.ts'
import { bytea, instant, isOneOf } from '../columns.ts'
import { orderLines, orders } from '../orders/schema.ts'

/**
 * What left the house for an order. The id is made by whoever packs, before the first try, and `input_hash` tells a
 * repeat from another parcel under the same id: a double click is one parcel. A parcel that was undone stays here and
 * counts no more; `parcels_tracking` gives each number of a carrier to one parcel that counts. `orders.fulfilment` is
 * what lines and parcels tell (`fulfilmentOf`). Stock does not move here: it was sold when the money came.
 */
export const parcels = pgTable(
  'parcels',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    /** 1 for the first parcel of the order, undone ones included. */
    sequence: integer().notNull(),
    carrier: text({ enum: CARRIER_CODES }).notNull(),
    trackingNumber: text().notNull(),
    inputHash: bytea().notNull(),
    /** As in `order_events`, like the other two. */
    shippedBy: text().notNull(),
    shippedAt: instant().notNull(),
    deliveredBy: text(),
    deliveredAt: instant(),
    undoneBy: text(),
    undoneAt: instant(),
  },
  (t) => [
    unique('parcels_sequence').on(t.orderId, t.sequence),
    uniqueIndex('parcels_tracking').on(t.trackingNumber, t.carrier).where(sql`${t.undoneAt} is null`),
    index('parcels_under_way').on(t.shippedAt).where(sql`${t.deliveredAt} is null and ${t.undoneAt} is null`),
    check('parcels_carrier', isOneOf(t.carrier, CARRIER_CODES)),
    check('parcels_delivered', sql`(${t.deliveredAt} is null) = (${t.deliveredBy} is null)`),
    check('parcels_undone', sql`(${t.undoneAt} is null) = (${t.undoneBy} is null)`),
    check('parcels_ended_once', sql`${t.deliveredAt} is null or ${t.undoneAt} is null`),
  ],
)

/** The units in a parcel. */
export const parcelLines = pgTable(
  'parcel_lines',
  {
    parcelId: uuid()
      .notNull()
      .references(() => parcels.id),
    orderId: uuid().notNull(),
    position: integer().notNull(),
    quantity: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.parcelId, t.position] }),
    foreignKey({
      name: 'parcel_lines_line',
      columns: [t.orderId, t.position],
      foreignColumns: [orderLines.orderId, orderLines.position],
    }),
    index('parcel_lines_order').on(t.orderId),
    check('parcel_lines_quantity', sql`${t.quantity} between 1 and 99`),
  ],
)

/** A line of an imported file that could not be applied: its cells as they were, and what is wrong in which column. */
export type BadParcelLine = {
  readonly line: number
  readonly cells: readonly string[]
  readonly column: string
  readonly reason: string
}

/** What came of each file of tracking numbers, so that the lines that need a person are not lost with a page. */
export const parcelImports = pgTable('parcel_imports', {
  id: uuid().primaryKey().defaultRandom(),
  importedBy: text().notNull(),
  importedAt: instant().notNull(),
  columns: jsonb().$type<readonly string[]>().notNull(),
  sent: integer().notNull(),
  /** Parcels that were there already, of an earlier import of the same file. */
  repeated: integer().notNull(),
  bad: jsonb().$type<readonly BadParcelLine[]>().notNull(),
})
