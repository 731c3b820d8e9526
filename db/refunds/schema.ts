import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { AFTER_SALE_STATES } from '#lib/domain/after-sale-state.ts'
import { OPEN_REFUND_STATES, REFUND_STATES } from '#lib/domain/refund-state.ts'
import { bytea, fen, instant, isOneOf } from '../columns.ts'
import { orderLines, orders } from '../orders/schema.ts'
import { paymentAttempts, refundsDue } from '../payments/schema.ts'

/** `staff`, `shopper`: somebody asked. `surplus`, `late`: money that nobody owes, given back by itself. */
export const REFUND_CAUSES = ['staff', 'shopper', 'surplus', 'late'] as const

/**
 * The decision to give money back: who, what for, what it is made of. `amount = goods + shipping`, and `discount_fen` is
 * the share of the order's discount that those goods had. The id is made by whoever asks, before the first try, and
 * `input_hash` tells a repeat from another wish under the same id: a double click is one request. While the state is
 * `refunding` or `refunded` the money counts as gone; a failed one (`approved`) holds nothing and can be started again.
 */
export const refundRequests = pgTable(
  'refund_requests',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    /** The payment whose money goes back. */
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    /** The claim of a shopper that this pays; one request each. */
    refundDueId: uuid()
      .unique()
      .references(() => refundsDue.id),
    cause: text({ enum: REFUND_CAUSES }).notNull(),
    state: text({ enum: AFTER_SALE_STATES }).notNull(),
    amountFen: fen().notNull(),
    goodsFen: fen().notNull(),
    discountFen: fen().notNull(),
    shippingFen: fen().notNull(),
    restock: boolean().notNull(),
    reason: text(),
    /** As in `order_events`. */
    actor: text().notNull(),
    inputHash: bytea().notNull(),
    requestedAt: instant().notNull(),
  },
  (t) => [
    index('refund_requests_order').on(t.orderId),
    index('refund_requests_attempt').on(t.attemptId),
    index('refund_requests_open')
      .on(t.requestedAt)
      .where(sql`${t.state} in ('requested', 'approved', 'goods_received')`),
    check('refund_requests_cause', isOneOf(t.cause, REFUND_CAUSES)),
    check('refund_requests_state', isOneOf(t.state, AFTER_SALE_STATES)),
    check('refund_requests_amount', sql`${t.amountFen} > 0 and ${t.amountFen} = ${t.goodsFen} + ${t.shippingFen}`),
    check('refund_requests_parts', sql`${t.goodsFen} >= 0 and ${t.discountFen} >= 0 and ${t.shippingFen} >= 0`),
    check('refund_requests_due', sql`(${t.refundDueId} is null) = (${t.cause} in ('staff', 'shopper'))`),
  ],
)

/**
 * The units that a request gives back, and whether they are on the shelf again. `unsent` of them had not left the house
 * when their money was promised, or the shopper asked not to be sent them; nobody packs them as long as the request
 * stands. `came_back` of them were sent and are with us again.
 */
export const refundLines = pgTable(
  'refund_lines',
  {
    requestId: uuid()
      .notNull()
      .references(() => refundRequests.id),
    orderId: uuid().notNull(),
    position: integer().notNull(),
    quantity: integer().notNull(),
    unsent: integer().notNull().default(0),
    cameBack: integer().notNull().default(0),
    restocked: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.position] }),
    foreignKey({
      name: 'refund_lines_line',
      columns: [t.orderId, t.position],
      foreignColumns: [orderLines.orderId, orderLines.position],
    }),
    index('refund_lines_order').on(t.orderId),
    check('refund_lines_quantity', sql`${t.quantity} between 1 and 99`),
    check('refund_lines_unsent', sql`${t.unsent} >= 0 and ${t.cameBack} >= 0`),
    check('refund_lines_places', sql`${t.unsent} + ${t.cameBack} <= ${t.quantity}`),
  ],
)

/**
 * Each payment back at a provider. The row and its number are there before the provider is called; a repeat has the same
 * number. A second row for one request is possible only after the provider said that the first is over (`spent`):
 * `refunds_live` lets a request have one that counts. `refunds_due_check` serves the sweep for those whose job was lost.
 */
export const refunds = pgTable(
  'refunds',
  {
    id: uuid().primaryKey().defaultRandom(),
    requestId: uuid()
      .notNull()
      .references(() => refundRequests.id),
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    /** 1 for the first refund of the payment. */
    sequence: integer().notNull(),
    refundNo: text().notNull().unique(),
    amountFen: fen().notNull(),
    currency: text().notNull(),
    state: text({ enum: REFUND_STATES }).notNull().default('pending'),
    /** True once the provider said that this number moves no money any more. */
    spent: boolean().notNull().default(false),
    /** Why it failed or went astray, in the provider's word. */
    providerCode: text(),
    /** What the provider is told as the time of the request; fixed, like the number, once it was sent. */
    requestedAt: instant().notNull(),
    /** When the provider was called first; null while it surely was not. */
    sentAt: instant(),
    /** When to send it or ask about it; null when there is nothing left to learn. */
    nextCheckAt: instant(),
    refundedAt: instant(),
    /** When staff called money that reached nobody back to our own account: its success is no arrival at the shopper. */
    recalledAt: instant(),
  },
  (t) => [
    unique('refunds_sequence').on(t.attemptId, t.sequence),
    uniqueIndex('refunds_live')
      .on(t.requestId)
      .where(isOneOf(t.state, [...OPEN_REFUND_STATES, 'succeeded'])),
    index('refunds_due_check').on(t.nextCheckAt).where(sql`${t.nextCheckAt} is not null`),
    check('refunds_state', isOneOf(t.state, REFUND_STATES)),
    check('refunds_amount', sql`${t.amountFen} > 0`),
  ],
)
