import 'server-only'
import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { accounts, staff } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { auditLog, auditSeals } from './schema.ts'

export type AuditFilter = {
  /** As in the log: `staff:<id>` or `system`. */
  readonly actor: string | null
  /** The beginning of an action: `orders.` finds all of them. */
  readonly action: string | null
  /** The number or id of what it was done to. */
  readonly thing: string | null
  readonly from: Date | null
  /** Before this instant. */
  readonly to: Date | null
}

export type ListedAuditEntry = Awaited<ReturnType<typeof listAuditEntries>>['entries'][number]

/** A page of the log, newest first; `next` is the id before which the next one begins. */
export async function listAuditEntries(
  _permit: Permit<'audit.read'>,
  { actor, action, thing, from, to }: AuditFilter,
  before: bigint | null,
  limit: number,
) {
  const conditions: readonly (SQL | null)[] = [
    actor === null ? null : eq(auditLog.actor, actor),
    action === null ? null : sql`starts_with(${auditLog.action}, ${action})`,
    thing === null ? null : eq(auditLog.aboutId, thing),
    from && gte(auditLog.at, from),
    to && lt(auditLog.at, to),
    before === null ? null : lt(auditLog.id, before),
  ]
  const rows = await db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      actor: auditLog.actor,
      action: auditLog.action,
      aboutKind: auditLog.aboutKind,
      aboutId: auditLog.aboutId,
      before: auditLog.before,
      after: auditLog.after,
      reason: auditLog.reason,
      ip: auditLog.ip,
      seal: auditSeals.position,
    })
    .from(auditLog)
    .leftJoin(auditSeals, eq(auditSeals.entryId, auditLog.id))
    .where(and(...conditions.filter((condition) => condition !== null)))
    .orderBy(desc(auditLog.id))
    .limit(limit + 1)
  const entries = rows.slice(0, limit)
  return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null }
}

/** Everybody who works or worked here, by name, for the choice of a person. */
export async function listStaffNames(_permit: Permit<'audit.read'>) {
  const people = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(staff)
    .innerJoin(accounts, eq(accounts.id, staff.accountId))
    .orderBy(accounts.email)
  return people.map(({ id, name, email }) => ({ actor: `staff:${id}`, name: name ?? email }))
}
