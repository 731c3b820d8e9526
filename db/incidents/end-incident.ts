import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { IncidentKind } from '#lib/domain/risk/incident-kinds.ts'
import type { Transaction } from '../client.ts'
import { incidents } from './schema.ts'
import { settleOpen } from './settle-open.ts'

/** Ends the incident of an act of the shop that somebody has undone. */
export async function endIncident(
  tx: Transaction,
  ended: { readonly kind: IncidentKind; readonly subject: string; readonly actor: string; readonly note: string },
  now: Date,
): Promise<void> {
  const { kind, subject, actor, note } = ended
  const thisOne = and(eq(incidents.kind, kind), eq(incidents.subject, subject))
  await settleOpen(tx, thisOne, { step: 'undone', actor, note }, now)
}
