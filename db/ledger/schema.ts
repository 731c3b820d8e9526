import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ACCOUNT_NAMES, JOURNAL_KINDS } from '#lib/domain/journal.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { bytea, fen, instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'
import { paymentEvents } from '../payments/schema.ts'

/**
 * One movement of money, booked once; append-only. What it books is either an event of a provider or, where no money
 * moved or a bill told of it, what `reference` names (`book-journal.ts`): both are unique.
 */
export const journals = pgTable(
  'journals',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text({ enum: JOURNAL_KINDS }).notNull(),
    /** Null for a correction that belongs to no order. */
    orderId: uuid().references(() => orders.id),
    paymentEventId: bigint({ mode: 'bigint' })
      .unique()
      .references(() => paymentEvents.id),
    reference: text(),
    bookedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    index('journals_order').on(t.orderId),
    uniqueIndex('journals_reference').on(t.reference).where(sql`${t.reference} is not null`),
    check('journals_kind', isOneOf(t.kind, JOURNAL_KINDS)),
    check('journals_source', sql`num_nonnulls(${t.paymentEventId}, ${t.reference}) = 1`),
  ],
)

/**
 * The two or more sides of a journal, as `lib/domain/journal.ts` tells them; append-only. Debits are positive, credits
 * negative, and each journal sums to nothing: a trigger refuses an insert that does not.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    journalId: uuid()
      .notNull()
      .references(() => journals.id),
    account: text({ enum: ACCOUNT_NAMES }).notNull(),
    provider: text({ enum: PROVIDER_NAMES }).notNull(),
    amountFen: fen().notNull(),
    currency: text().notNull(),
  },
  (t) => [
    index('ledger_entries_journal').on(t.journalId),
    check('ledger_entries_account', isOneOf(t.account, ACCOUNT_NAMES)),
  ],
)

/**
 * Journals that wait for their seal. A trigger adds each in the transaction that books it, so that none is skipped,
 * however late that commits; `seal-journals.ts` takes it out. Without a foreign key: it is written with every payment.
 */
export const unsealedJournals = pgTable('unsealed_journals', {
  id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
  journalId: uuid().notNull(),
})

/**
 * The chain that shows every later change of the ledger; append-only. `content` is the journal with its entries as they
 * were, `hash` the SHA-256 of the hash before and of that content. Positions have no gap: `seal-journals.ts` is alone.
 */
export const journalSeals = pgTable('journal_seals', {
  position: bigint({ mode: 'bigint' }).primaryKey(),
  journalId: uuid()
    .notNull()
    .unique()
    .references(() => journals.id),
  content: text().notNull(),
  hash: bytea().notNull(),
  sealedAt: instant().notNull().defaultNow(),
})
