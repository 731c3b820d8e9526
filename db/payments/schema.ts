import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ATTEMPT_STATES, OPEN_ATTEMPT_STATES } from '#lib/domain/attempt-state.ts'
import { PAYMENT_STATES } from '#lib/domain/payment-state.ts'
import { type Finding, type Notification, PROVIDER_NAMES } from '#lib/payments/port.ts'
import { bytea, fen, instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'

/**
 * What is owed for an order, one row each, and what came of it. `captured_fen`, `refunded_fen` and
 * `refunding_fen` (promised back and not there yet) are sums over events and refunds, `state` is `paymentState()` of
 * them: caches that an audit rebuilds. Locked before the order and the stock.
 */
export const payments = pgTable(
  'payments',
  {
    id: uuid().primaryKey().defaultRandom(),
    orderId: uuid()
      .notNull()
      .unique()
      .references(() => orders.id),
    amountFen: fen().notNull(),
    currency: text().notNull().default('CNY'),
    capturedFen: fen().notNull().default(sql`0`),
    refundedFen: fen().notNull().default(sql`0`),
    refundingFen: fen().notNull().default(sql`0`),
    state: text({ enum: PAYMENT_STATES }).notNull().default('unpaid'),
    /** When the provider took the money that confirmed the order. */
    paidAt: instant(),
  },
  (t) => [
    check('payments_state', isOneOf(t.state, PAYMENT_STATES)),
    check('payments_amount', sql`${t.amountFen} > 0`),
    check('payments_sums', sql`${t.refundedFen} between 0 and ${t.capturedFen}`),
    check('payments_refunding', sql`${t.refundingFen} between 0 and ${t.capturedFen} - ${t.refundedFen}`),
  ],
)

/**
 * Each try to pay at one provider. The row and its number are there before the provider is called, so that whatever it
 * answers, or doesn't, there is something to ask about. `payment_attempts_open` lets a payment have one open attempt
 * for each way to pay; `payment_attempts_trade` gives each trade of a provider to one attempt only.
 * `payment_attempts_due` serves the sweep for attempts whose query job was lost.
 */
export const paymentAttempts = pgTable(
  'payment_attempts',
  {
    id: uuid().primaryKey().defaultRandom(),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id),
    /** 1 for the first attempt of the payment. */
    sequence: integer().notNull(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    /** The way to pay at that provider: `page`, `wap`, `qr` … */
    scene: text().notNull(),
    outTradeNo: text().notNull().unique(),
    amountFen: fen().notNull(),
    currency: text().notNull(),
    state: text({ enum: ATTEMPT_STATES }).notNull().default('created'),
    /** What the browser has to do; null until the provider answered. */
    action: jsonb(),
    /** The provider's number of the trade; null until it captured. */
    providerTradeNo: text(),
    startedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    /** Why it failed, in the provider's own word or in ours; null for one that did not. */
    failureCode: text(),
    /** When a query is due; null when none is left. */
    nextQueryAt: instant(),
    paidAt: instant(),
  },
  (t) => [
    unique('payment_attempts_sequence').on(t.paymentId, t.sequence),
    uniqueIndex('payment_attempts_open')
      .on(t.paymentId, t.provider, t.scene)
      .where(isOneOf(t.state, OPEN_ATTEMPT_STATES)),
    uniqueIndex('payment_attempts_trade')
      .on(t.provider, t.providerTradeNo)
      .where(sql`${t.providerTradeNo} is not null`),
    index('payment_attempts_due').on(t.nextQueryAt).where(sql`${t.nextQueryAt} is not null`),
    // As for `payment_events_occurred_at`; the figures of a day are made from it.
    index('payment_attempts_started_at').using('brin', t.startedAt),
    check('payment_attempts_state', isOneOf(t.state, ATTEMPT_STATES)),
    check('payment_attempts_amount', sql`${t.amountFen} > 0`),
  ],
)

export const MESSAGE_SOURCES = ['notify', 'return'] as const

/**
 * Every message that somebody sent in a provider's name, as it came, believed or not; append-only. `verdict` and
 * `reason` say what we thought of it. Kept for disputes and for finding what went wrong. `payment_messages_nonce`
 * lets a message be accepted once where its provider signs a nonce; it is there only once the effect is committed.
 * `payment_messages_received_at` and `payment_messages_refused` serve the log that staff read.
 */
export const paymentMessages = pgTable(
  'payment_messages',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    source: text({ enum: MESSAGE_SOURCES }).notNull(),
    headers: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    body: bytea().notNull(),
    verdict: text({ enum: ['accepted', 'refused'] }).notNull(),
    reason: text(),
    /** What an accepted one told; null for one that was refused. */
    kind: text().$type<Notification['kind']>(),
    eventId: text(),
    outTradeNo: text(),
    /** Of an accepted message whose provider signs one. */
    nonce: text(),
    receivedAt: instant().notNull(),
  },
  (t) => [
    index('payment_messages_received_at').on(t.receivedAt.desc(), t.id.desc()),
    index('payment_messages_out_trade_no').on(t.outTradeNo),
    index('payment_messages_refused').on(t.receivedAt.desc(), t.id.desc()).where(sql`${t.verdict} = 'refused'`),
    uniqueIndex('payment_messages_nonce').on(t.provider, t.nonce).where(sql`${t.nonce} is not null`),
    check('payment_messages_verdict', sql`${t.verdict} in ('accepted', 'refused')`),
    check('payment_messages_reason', sql`${t.verdict} = 'accepted' or ${t.reason} is not null`),
  ],
)

/** `answer`: the provider's word to the very call that was to have the effect. */
export const EVENT_SOURCES = ['answer', 'notify', 'return', 'query', 'bill', 'staff'] as const
export const PAYMENT_EVENT_OUTCOMES = ['captured', 'surplus', 'late', 'refunded', 'refund_unasked'] as const

/**
 * Money that a provider told us of, once each, whichever way we heard of it first; append-only. `captured`, `surplus`
 * and `late` came, `refunded` went back; amounts are positive in both directions. The unique key over the provider's
 * event is what makes an effect happen once.
 */
export const paymentEvents = pgTable(
  'payment_events',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    eventId: text().notNull(),
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    source: text({ enum: EVENT_SOURCES }).notNull(),
    outcome: text({ enum: PAYMENT_EVENT_OUTCOMES }).notNull(),
    providerTradeNo: text().notNull(),
    amountFen: fen(),
    currency: text().notNull(),
    occurredAt: instant().notNull(),
    recordedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    unique('payment_events_once').on(t.provider, t.eventId),
    index('payment_events_attempt').on(t.attemptId),
    // Rows come nearly in the order of their times, so a day of them is found by an index of a few pages.
    index('payment_events_occurred_at').using('brin', t.occurredAt),
    check('payment_events_outcome', isOneOf(t.outcome, PAYMENT_EVENT_OUTCOMES)),
  ],
)

/** Money that nobody owes and that must go back whole: found by the settle path, paid out by the refund job. */
export const refundsDue = pgTable(
  'refunds_due',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The capture that is given back; one refund for each. */
    paymentEventId: bigint({ mode: 'bigint' })
      .notNull()
      .unique()
      .references(() => paymentEvents.id),
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    amountFen: fen().notNull(),
    currency: text().notNull(),
    reason: text({ enum: ['surplus', 'late'] }).notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [check('refunds_due_amount', sql`${t.amountFen} > 0`)],
)

/** What `diagnose()` said of each provider the last time; written by the worker each hour, shown on the payments desk. */
export const providerChecks = pgTable('provider_checks', {
  provider: text({ enum: PROVIDER_NAMES }).primaryKey(),
  findings: jsonb().$type<readonly Finding[]>().notNull(),
  checkedAt: instant().notNull(),
})
