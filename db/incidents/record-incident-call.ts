import 'server-only'
import { db } from '../client.ts'
import { incidentCalls } from './schema.ts'

/** Notes a try to tell the operator; `failure` is null when it was taken. */
export async function recordIncidentCall(call: typeof incidentCalls.$inferInsert): Promise<void> {
  await db.insert(incidentCalls).values(call)
}
