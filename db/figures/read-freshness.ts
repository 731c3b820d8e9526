import 'server-only'
import { sql } from '../client.ts'

/** How the books stood when the figures were summed up last, and the first day that has any. Null before the first time. */
export async function readFreshness(): Promise<{ readonly asOf: Date; readonly firstDay: string } | null> {
  const [row] = await sql<[{ as_of: string | null; first: string | null }]>`
    select max(as_of) as as_of, min(day)::text as first from figure_days`
  return row.as_of && row.first ? { asOf: new Date(row.as_of), firstDay: row.first } : null
}
