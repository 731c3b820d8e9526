import 'server-only'
import type { TransactionSql } from 'postgres'
import { listRollups } from './rollups.ts'

/** Days without a gap, `yyyy-MM-dd`; both ends are in. */
export type Run = { readonly first: string; readonly last: string }

/** A day is closed so long after its end: every transaction that began in it is over by then. */
const CLOSED_AFTER = '15 minutes'

const date = (day: string) => `'${day}'::date`

/** Makes the figures of these days from the books, and takes out the notes that asked for it. */
export async function makeDays(tx: TransactionSql, run: Run): Promise<void> {
  const [first, last] = [date(run.first), date(run.last)]
  await tx`set local jit = off`
  for (const [table, { columns, source, since }] of listRollups()) {
    const from = since ? `greatest(${first}, ${since})` : first
    await tx.unsafe(`delete from ${table} where day between ${from} and ${last}`)
    await tx.unsafe(
      `insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')} from (${source(from, last)}) as made`,
    )
  }
  await tx.unsafe(`
    insert into figure_days (day, as_of, closed)
    select day::date, now(), now() >= (day::date + 1)::timestamp at time zone 'Asia/Shanghai' + interval '${CLOSED_AFTER}'
    from generate_series(${first}::timestamp, ${last}::timestamp, interval '1 day') as day
    on conflict (day) do update set as_of = excluded.as_of, closed = excluded.closed`)
  await tx.unsafe(`delete from figure_notes where day between ${first} and ${last}`)
}
