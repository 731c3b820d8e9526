import 'server-only'
import postgres, { type TransactionSql } from 'postgres'
import { sql } from '../client.ts'
import { makeDays, type Run } from './make-days.ts'
import { TODAY } from './rollups.ts'

/** Days that are made in one transaction: a month of a large shop takes seconds. */
const DAYS_AT_ONCE = 31

/** What has to be made: today, each day that was never closed, and each that a note opened again. */
const PENDING = `
  select day from figure_notes
  union
  select day::date from generate_series(
    coalesce((select min(placed_at) at time zone 'Asia/Shanghai' from orders)::date, ${TODAY})::timestamp,
    ${TODAY}::timestamp, interval '1 day') as day
  where not exists (select from figure_days where figure_days.day = day.day::date and closed)
  order by 1 limit ${DAYS_AT_ONCE}`

/**
 * Brings the figures up to date. Safe to repeat and to interrupt.
 * @param signal ends it between two months.
 * @returns how many days were made; null when another process is at it.
 */
export async function refreshFigures(signal?: AbortSignal): Promise<number | null> {
  for (let days = 0; ; ) {
    const made = await sql.begin('isolation level repeatable read', makePending).catch(nullWhenTaken)
    if (made === null) return null
    days += made
    if (made < DAYS_AT_ONCE || signal?.aborted) return days
  }
}

/** A lock of a table, and before any other statement: what one reads is then as new as the lock. */
const beAlone = (tx: TransactionSql) => tx`lock table figure_days in exclusive mode`

const LOCK_NOT_AVAILABLE = '55P03'
function nullWhenTaken(error: unknown): null {
  if (error instanceof postgres.PostgresError && error.code === LOCK_NOT_AVAILABLE) return null
  throw error
}

/** In one snapshot, so that the notes that are taken out are those whose change was seen. */
async function makePending(tx: TransactionSql): Promise<number> {
  await tx`set local statement_timeout = '60s'`
  await beAlone(tx)
  const runs = await tx.unsafe<(Run & { days: number })[]>(`
    select min(day)::text as first, max(day)::text as last, count(*)::int as days
    from (select day, day - row_number() over (order by day)::int as island from (${PENDING}) as pending) as numbered
    group by island order by 1`)
  for (const run of runs) await makeDays(tx, run)
  return runs.reduce((days, run) => days + run.days, 0)
}

/** Makes every day anew, as if no figures had been there. @returns how many days. */
export async function rebuildFigures(onMonth: (made: Run) => void = () => undefined): Promise<number> {
  return sql.begin('isolation level repeatable read', async (tx) => {
    await tx`set local statement_timeout = 0`
    await tx`set local lock_timeout = '5min'`
    await beAlone(tx)
    await tx`update figure_days set closed = false`
    let days = 0
    for (;;) {
      const [run] = await tx.unsafe<(Run & { days: number })[]>(
        `select min(day)::text as first, max(day)::text as last, count(*)::int as days from (${PENDING}) as pending`,
      )
      if (!run) return days
      await makeDays(tx, run)
      onMonth(run)
      days += run.days
      if (run.days < DAYS_AT_ONCE) return days
    }
  })
}
