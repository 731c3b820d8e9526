import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { AFTER_SALE_KINDS, ALL_AFTER_SALE_REASONS } from '#lib/domain/after-sale-request.ts'
import { bytea, fen, instant, isOneOf } from '../columns.ts'
import { orderLines, orders } from '../orders/schema.ts'
import { refundRequests } from '../refunds/schema.ts'

/**
 * What a shopper asked for, beside the refund request that it is: that one has the state and the money, this one the
 * words. Its amount is what the lines were worth when they asked; staff decide on what goes back.
 */
export const afterSaleRequests = pgTable(
  'after_sale_requests',
  {
    requestId: uuid()
      .primaryKey()
      .references(() => refundRequests.id),
    kind: text({ enum: AFTER_SALE_KINDS }).notNull(),
    reason: text({ enum: ALL_AFTER_SALE_REASONS }).notNull(),
    /** The shopper's own, kept as they are; empty for none. */
    words: text().notNull(),
    /** What we said to it, to the shopper; null until somebody decided. */
    answer: text(),
    answeredBy: text(),
    answeredAt: instant(),
    receivedBy: text(),
    receivedAt: instant(),
  },
  (t) => [
    check('after_sale_requests_kind', isOneOf(t.kind, AFTER_SALE_KINDS)),
    check('after_sale_requests_reason', isOneOf(t.reason, ALL_AFTER_SALE_REASONS)),
    check('after_sale_requests_answered', sql`(${t.answeredAt} is null) = (${t.answeredBy} is null)`),
    check('after_sale_requests_received', sql`(${t.receivedAt} is null) = (${t.receivedBy} is null)`),
  ],
)

/** What was asked for, as it was asked: what came back of it stands in `refund_lines`. */
export const afterSaleLines = pgTable(
  'after_sale_lines',
  {
    requestId: uuid()
      .notNull()
      .references(() => afterSaleRequests.requestId),
    orderId: uuid().notNull(),
    position: integer().notNull(),
    quantity: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.position] }),
    foreignKey({
      name: 'after_sale_lines_line',
      columns: [t.orderId, t.position],
      foreignColumns: [orderLines.orderId, orderLines.position],
    }),
    check('after_sale_lines_quantity', sql`${t.quantity} between 1 and 99`),
  ],
)

/** Photographs of a request. The name is that of the file, and nobody can guess it; whom it is shown to is asked anyway. */
export const afterSalePhotos = pgTable(
  'after_sale_photos',
  {
    name: text().primaryKey(),
    requestId: uuid()
      .notNull()
      .references(() => afterSaleRequests.requestId),
    position: integer().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
  },
  (t) => [index('after_sale_photos_request').on(t.requestId, t.position)],
)

export const PROPOSAL_DECISIONS = ['approved', 'declined', 'withdrawn'] as const

/**
 * A refund above the limit that waits for a second person: what the first one filled in. It promises nothing; what is
 * left when it is approved decides. The id becomes that of the refund request, where there is none yet.
 */
export const refundProposals = pgTable(
  'refund_proposals',
  {
    id: uuid().primaryKey().defaultRandom(),
    requestId: uuid().notNull(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    /** `RefundWish`, sums as text. */
    wish: jsonb().notNull(),
    inputHash: bytea().notNull(),
    /** What it came to when it was proposed. */
    amountFen: fen().notNull(),
    reason: text(),
    proposedBy: text().notNull(),
    proposedAt: instant().notNull(),
    decision: text({ enum: PROPOSAL_DECISIONS }),
    decidedBy: text(),
    decidedAt: instant(),
  },
  (t) => [
    index('refund_proposals_order').on(t.orderId),
    index('refund_proposals_request').on(t.requestId),
    index('refund_proposals_open').on(t.proposedAt).where(sql`${t.decision} is null`),
    check(
      'refund_proposals_decided',
      sql`(${t.decision} is null) = (${t.decidedBy} is null) and (${t.decision} is null) = (${t.decidedAt} is null)`,
    ),
    check(
      'refund_proposals_two_people',
      sql`${t.decision} is distinct from 'approved' or ${t.decidedBy} <> ${t.proposedBy}`,
    ),
  ],
)
