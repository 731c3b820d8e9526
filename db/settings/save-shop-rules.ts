import 'server-only'
import { sql } from 'drizzle-orm'
import { changedParts } from '#lib/changed-parts.ts'
import { settingsTag } from '#lib/domain/cache-tags.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type StoredRules, storedRules } from '#lib/shop-rules.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { invalidateTags } from '../invalidations/invalidate-tags.ts'
import { readShopRules } from './read-shop-rules.ts'
import { settings } from './schema.ts'

export type SaveShopRulesError =
  | { readonly code: 'nothing_to_change' }
  /** Somebody else changed these since the form was opened. */
  | { readonly code: 'changed_meanwhile'; readonly now: StoredRules }

/** Saves what the owner decides, all of it or nothing. @param seen what the form showed when it was opened. */
export const saveShopRules = (
  permit: Permit<'settings.edit'>,
  rules: StoredRules,
  seen: StoredRules,
): Promise<Result<null, SaveShopRulesError>> =>
  db.transaction(async (tx) => {
    // One after the other: a setting that has no row yet cannot be locked.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('settings'))`)
    const now = storedRules(await readShopRules(tx))
    if (changedParts(now, seen)) return err({ code: 'changed_meanwhile', now })
    const changed = changedParts(now, rules)
    if (!changed) return err({ code: 'nothing_to_change' })

    const actor = staffActor(permit)
    const rows = Object.entries(changed.after).map(([name, value]) => ({
      name,
      value: { is: value },
      changedBy: actor,
    }))
    await tx
      .insert(settings)
      .values(rows)
      .onConflictDoUpdate({
        target: settings.name,
        set: {
          value: sql`excluded.value`,
          version: sql`${settings.version} + 1`,
          changedAt: sql`now()`,
          changedBy: sql`excluded.changed_by`,
        },
      })
    await appendAuditEntry(tx, {
      actor,
      action: 'settings.edit',
      about: { kind: 'settings', id: Object.keys(changed.after).join(' ') },
      ...changed,
    })
    await invalidateTags(tx, [settingsTag])
    return ok(null)
  })
