import 'server-only'
import { and, eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billDays } from './schema.ts'

/** Has the worker fetch the bill of a day again and match it; what was settled stays so. @returns false for no such day. */
export async function rerunBillDay(
  permit: Permit<'payments.reconcile'>,
  { provider, day }: DayOfProvider,
  ip: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const known = await tx.$count(billDays, and(eq(billDays.provider, provider), eq(billDays.day, day)))
    if (known === 0) return false
    await enqueue(tx, { name: 'reconcile-day', data: { provider, day } })
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'payments.reconcile',
      about: { kind: 'bill_day', id: `${provider}:${day}` },
      after: { asked: 'match again' },
      ip,
    })
    return true
  })
}
