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
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { LOCALES } from '#lib/domain/locale.ts'
import { EXPORT_FORMATS, EXPORT_STATES } from '#lib/domain/order-export.ts'
import type { OrderFilter } from '#lib/domain/order-list.ts'
import { bytea, instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'

/** What staff wrote about an order, for each other; append-only. `id` is made by the form, so that two clicks are one note. */
export const orderNotes = pgTable(
  'order_notes',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    text: text().notNull(),
    /** As in `order_events`. */
    actor: text().notNull(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [index('order_notes_order').on(t.orderId)],
)

/** A list of orders that somebody asks for often, under a name of theirs; a shared one stands above everybody's list. */
export const orderViews = pgTable(
  'order_views',
  {
    id: uuid().primaryKey().defaultRandom(),
    staffId: uuid().notNull(),
    name: text().notNull(),
    filter: jsonb().$type<OrderFilter>().notNull(),
    shared: boolean().notNull().default(false),
    savedAt: instant().notNull().defaultNow(),
  },
  (t) => [unique('order_views_name').on(t.staffId, t.name)],
)

/**
 * A list of orders being written to a file: asked for by a person, written by the worker in parts, read by that person
 * until it is removed a day later. `rows` is how far it is, `expected` how many there will be where that is known or
 * can be told roughly. A run that was cut off begins anew.
 */
export const orderExports = pgTable(
  'order_exports',
  {
    id: uuid().primaryKey(),
    staffId: uuid().notNull(),
    format: text({ enum: EXPORT_FORMATS }).notNull(),
    locale: text({ enum: LOCALES }).notNull(),
    filter: jsonb().$type<OrderFilter>().notNull(),
    state: text({ enum: EXPORT_STATES }).notNull().default('waiting'),
    rows: integer().notNull().default(0),
    expected: integer(),
    bytes: bigint({ mode: 'number' }).notNull().default(0),
    askedAt: instant().notNull().defaultNow(),
    endedAt: instant(),
  },
  (t) => [
    index('order_exports_staff').on(t.staffId, t.askedAt),
    index('order_exports_asked_at').on(t.askedAt),
    check('order_exports_format', isOneOf(t.format, EXPORT_FORMATS)),
    check('order_exports_state', isOneOf(t.state, EXPORT_STATES)),
    check('order_exports_ended', sql`(${t.state} in ('done', 'failed')) = (${t.endedAt} is not null)`),
  ],
)

/** The file of an export, a few hundred KB to a row, so that neither who writes nor who reads it holds it whole. */
export const orderExportParts = pgTable(
  'order_export_parts',
  {
    exportId: uuid()
      .notNull()
      .references(() => orderExports.id, { onDelete: 'cascade' }),
    part: integer().notNull(),
    content: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exportId, t.part] })],
)

/**
 * By what orders are found, each term newest first: grams and words of the recipient's name, pieces, ways to pay, and
 * that money went back. So the newest fifty of a hundred thousand orders are fifty entries of the primary key. A term
 * says where to look and never what is true: what it leads to is asked again, so that a row too many does no harm, and
 * no foreign key is needed. Written by `write-order-terms.ts` from `order_events`, so that no shopper waits for it; what
 * happened since is read from the events themselves. `term` is compared byte by byte (collation `C`).
 */
export const orderTerms = pgTable(
  'order_terms',
  {
    term: text().notNull(),
    placedAt: instant().notNull(),
    orderId: uuid().notNull(),
  },
  (t) => [primaryKey({ name: 'order_terms_pk', columns: [t.term, t.placedAt, t.orderId] })],
)

/**
 * How far the terms are, in one row. All events of orders up to `written_until` have theirs. `seen_until` was the newest
 * event of the last look; it is taken over once every transaction is over that ran then (`seen_xact`), since an event
 * may be committed after one with a higher number.
 */
export const orderTermProgress = pgTable(
  'order_term_progress',
  {
    id: integer().primaryKey().default(1),
    writtenUntil: bigint({ mode: 'bigint' }).notNull().default(sql`0`),
    seenUntil: bigint({ mode: 'bigint' }).notNull().default(sql`0`),
    seenXact: bigint({ mode: 'bigint' }).notNull().default(sql`0`),
  },
  (t) => [check('order_term_progress_one', sql`${t.id} = 1`)],
)
