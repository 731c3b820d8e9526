import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { db } from '../client.ts'
import { incidentCalls } from './schema.ts'

/** True when the operator was told of an incident by this channel, and it was taken. */
export async function wasTold(incidentId: string, channel: 'mail' | 'webhook'): Promise<boolean> {
  const taken = and(
    eq(incidentCalls.incidentId, incidentId),
    eq(incidentCalls.channel, channel),
    isNull(incidentCalls.failure),
  )
  return (await db.$count(incidentCalls, taken)) > 0
}
