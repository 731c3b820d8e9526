import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { billDays } from './schema.ts'

const FIRST_PAUSE_MINUTES = 10
const LONGEST_PAUSE_MINUTES = 360

export type Postponed = {
  readonly state: 'waiting' | 'refused'
  readonly problem: string
  readonly fileId: string | null
  /** When to try again; null for a pause that grows with each try, from 10 minutes to 6 hours. */
  readonly until: Date | null
}

/**
 * Notes that a day could not be matched and when to try again: there is no last try. A day that was matched before
 * stays matched with the bill that it has.
 */
export async function postponeBillDay(
  { provider, day }: DayOfProvider,
  { state, problem, fileId, until }: Postponed,
  now: Date,
): Promise<void> {
  const after = (minutes: SQL) =>
    sql`coalesce(${until?.toISOString() ?? null}::timestamptz,
      ${now.toISOString()}::timestamptz + ${minutes} * interval '1 minute')`
  const pause = sql`least(${FIRST_PAUSE_MINUTES} * power(2, least(${billDays.tries}, 10)), ${LONGEST_PAUSE_MINUTES})`
  await db
    .insert(billDays)
    .values({ provider, day, state, problem, fileId, tries: 1, nextTryAt: after(sql`${FIRST_PAUSE_MINUTES}`) })
    .onConflictDoUpdate({
      target: [billDays.provider, billDays.day],
      set: { state, problem, fileId, tries: sql`${billDays.tries} + 1`, nextTryAt: after(pause) },
      setWhere: sql`${billDays.state} <> 'matched'`,
    })
}
