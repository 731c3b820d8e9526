import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { bytea, instant } from '../columns.ts'

/**
 * What staff did, and what was refused to them, append-only. Written in the transaction of the change itself, so that
 * neither is there without the other. `actor` is `staff:<id>` or `system`; `before` and `after` hold what differs,
 * without secrets. `audit_log_about` finds all that was done to one thing, `audit_log_actor` all that somebody did.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull().defaultNow(),
    actor: text().notNull(),
    action: text().notNull(),
    aboutKind: text().notNull(),
    aboutId: text().notNull(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>(),
    reason: text(),
    ip: text(),
  },
  (t) => [
    index('audit_log_about').on(t.aboutKind, t.aboutId, t.id.desc().nullsFirst()),
    index('audit_log_actor').on(t.actor, t.id.desc().nullsFirst()),
  ],
)

/**
 * The chain that shows every later change of the log, append-only. `content` is the entry as it was written, `hash` the
 * SHA-256 of the hash before and of that content. `seal-audit-entries.ts` is its only writer; entries that a trigger
 * noted in `unsealed_audit_entries` wait for it, so that those who write the log never wait for each other.
 */
export const auditSeals = pgTable('audit_seals', {
  position: bigint({ mode: 'bigint' }).primaryKey(),
  entryId: bigint({ mode: 'bigint' })
    .notNull()
    .unique()
    .references(() => auditLog.id),
  content: text().notNull(),
  hash: bytea().notNull(),
  sealedAt: instant().notNull().defaultNow(),
})

/** Entries that wait for their seal, noted by a trigger in the transaction that wrote them. */
export const unsealedAuditEntries = pgTable('unsealed_audit_entries', {
  entryId: bigint({ mode: 'bigint' }).primaryKey(),
})
