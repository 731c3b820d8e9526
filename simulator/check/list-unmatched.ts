import type postgres from 'postgres'

/** What the providers' bills and our book still disagree about, once all of them are there; empty when they agree. */
export async function listUnmatched(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ what: string }[]>`
    select 'a bill was not matched: ' || provider || ' ' || day || ' ' || coalesce(problem, state) as what
    from bill_days where state <> 'matched'
    union all
    select 'a bill differs from our book: ' || provider || ' ' || kind || ' ' || subject || ' ' || state
    from bill_differences where state <> 'settled'`
  return rows.map(({ what }) => what)
}
