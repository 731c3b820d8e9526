import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { DIFFERENCE_KINDS, FINDINGS, type Finding, PROPOSALS } from '#lib/domain/reconciliation.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { bytea, fen, instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts } from '../payments/schema.ts'

export const BILL_FILE_VERDICTS = ['unread', 'whole', 'corrupt'] as const

/**
 * Every bill as it came, believed or not, with the SHA-256 of its bytes; the same bytes for the same day are kept once.
 * In the database and not beside it, so that backup and archive of the books have them too.
 */
export const billFiles = pgTable(
  'bill_files',
  {
    id: uuid().primaryKey().defaultRandom(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    day: date({ mode: 'string' }).notNull(),
    sha256: bytea().notNull(),
    bytes: bigint({ mode: 'bigint' }).notNull(),
    verdict: text({ enum: BILL_FILE_VERDICTS }).notNull().default('unread'),
    /** Why it is corrupt. */
    reason: text(),
    receivedAt: instant().notNull(),
  },
  (t) => [
    unique('bill_files_once').on(t.provider, t.day, t.sha256),
    check('bill_files_verdict', isOneOf(t.verdict, BILL_FILE_VERDICTS)),
    check('bill_files_reason', sql`(${t.verdict} = 'corrupt') = (${t.reason} is not null)`),
  ],
)

/** The bytes of a file in pieces of at most 1 MiB, so that nobody has to hold it whole; append-only. */
export const billFileParts = pgTable(
  'bill_file_parts',
  {
    fileId: uuid()
      .notNull()
      .references(() => billFiles.id),
    /** From 0. */
    position: integer().notNull(),
    content: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.position] })],
)

/** `waiting`: there is no bill yet, or none could be had. `refused`: what came is corrupt. Both are tried again. */
export const BILL_DAY_STATES = ['waiting', 'refused', 'matched'] as const

/**
 * Each day of each provider since its first attempt, none left out: rows are made for all days whose bill is ready, and
 * stay due until they are `matched`. `bill_days_due` serves the job that fetches them.
 */
export const billDays = pgTable(
  'bill_days',
  {
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    day: date({ mode: 'string' }).notNull(),
    state: text({ enum: BILL_DAY_STATES }).notNull().default('waiting'),
    tries: integer().notNull().default(0),
    nextTryAt: instant(),
    /** What went wrong with the last try, for people to read. */
    problem: text(),
    /** Null for a day without trades. */
    fileId: uuid().references(() => billFiles.id),
    payments: integer().notNull().default(0),
    refunds: integer().notNull().default(0),
    paidFen: fen().notNull().default(sql`0`),
    refundedFen: fen().notNull().default(sql`0`),
    feesFen: fen().notNull().default(sql`0`),
    /** How much of the fees the ledger has: behind for a moment after the matching. */
    feesBookedFen: fen().notNull().default(sql`0`),
    matchedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.day] }),
    index('bill_days_due').on(t.nextTryAt).where(sql`${t.state} <> 'matched'`),
    check('bill_days_state', isOneOf(t.state, BILL_DAY_STATES)),
    check('bill_days_matched', sql`(${t.state} = 'matched') = (${t.matchedAt} is not null)`),
  ],
)

/**
 * The lines of matched days, made from the file and made anew from it at will. The indexes find a payment or refund in
 * whichever day's bill it is.
 */
export const billLines = pgTable(
  'bill_lines',
  {
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    day: date({ mode: 'string' }).notNull(),
    line: integer().notNull(),
    kind: text({ enum: ['payment', 'refund'] }).notNull(),
    state: text({ enum: ['done', 'pending', 'failed'] }).notNull(),
    providerTradeNo: text().notNull(),
    outTradeNo: text(),
    refundNo: text(),
    amountFen: fen().notNull(),
    feeFen: fen().notNull(),
    completedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.day, t.line] }),
    index('bill_lines_payment').on(t.outTradeNo).where(sql`${t.kind} = 'payment'`),
    index('bill_lines_refund').on(t.refundNo).where(sql`${t.kind} = 'refund'`),
  ],
)

/** `waiting` for the bill of the next day to tell; `open` until a rule or a person settles it, once. */
export const DIFFERENCE_STATES = ['waiting', 'open', 'settled'] as const
/** By rule: the first three. By a person: the rest. */
export const RESOLUTIONS = ['agrees_now', 'in_other_bill', 'provider_answered', 'explained', 'corrected'] as const

const findings = Object.keys(FINDINGS) as [Finding, ...Finding[]]

/**
 * What a bill and our book do not agree about: one row for each matter, however often the day is matched. Written by
 * the matching, settled by `settle-difference.ts` alone.
 */
export const billDifferences = pgTable(
  'bill_differences',
  {
    id: uuid().primaryKey().defaultRandom(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    day: date({ mode: 'string' }).notNull(),
    finding: text({ enum: findings }).notNull(),
    kind: text({ enum: DIFFERENCE_KINDS }).notNull(),
    proposal: text({ enum: PROPOSALS }).notNull(),
    /** The number of attempt or refund, or the line where there is none. */
    subject: text().notNull(),
    line: integer(),
    attemptId: uuid().references(() => paymentAttempts.id),
    orderId: uuid().references(() => orders.id),
    billedFen: fen(),
    billedFeeFen: fen(),
    oursFen: fen(),
    /** What only words can tell, such as why a line cannot be read. */
    detail: text(),
    state: text({ enum: DIFFERENCE_STATES }).notNull(),
    openedAt: instant().notNull(),
    /** When the matching saw it last. */
    seenAt: instant().notNull(),
    /** When the provider was asked about it last. */
    askedAt: instant(),
    settledAt: instant(),
    /** `rule`, or who. */
    settledBy: text(),
    resolution: text({ enum: RESOLUTIONS }),
    note: text(),
  },
  (t) => [
    unique('bill_differences_once').on(t.provider, t.day, t.finding, t.subject),
    foreignKey({ columns: [t.provider, t.day], foreignColumns: [billDays.provider, billDays.day] }),
    index('bill_differences_unsettled').on(t.openedAt).where(sql`${t.state} <> 'settled'`),
    index('bill_differences_order').on(t.orderId).where(sql`${t.orderId} is not null`),
    check('bill_differences_finding', isOneOf(t.finding, findings)),
    check('bill_differences_state', isOneOf(t.state, DIFFERENCE_STATES)),
    check(
      'bill_differences_settled',
      sql`case when ${t.state} = 'settled' then num_nulls(${t.settledAt}, ${t.settledBy}, ${t.resolution}) = 0
        else num_nonnulls(${t.settledAt}, ${t.settledBy}, ${t.resolution}) = 0 end`,
    ),
  ],
)
