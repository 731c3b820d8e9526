import 'server-only'
import { and, isNull, type SQL } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { incidentSteps, incidents } from './schema.ts'

type LastStep = Pick<typeof incidentSteps.$inferInsert, 'step' | 'actor' | 'note'>

/** Settles the open incidents among these without a person at their desk, and writes into their history why. @returns how many. */
export async function settleOpen(tx: Transaction, which: SQL | undefined, last: LastStep, at: Date): Promise<number> {
  const settled = await tx
    .update(incidents)
    .set({ settledAt: at })
    .where(and(isNull(incidents.settledAt), which))
    .returning({ incidentId: incidents.id })
  if (settled.length > 0)
    await tx.insert(incidentSteps).values(settled.map((incident) => ({ ...incident, ...last, at })))
  return settled.length
}
