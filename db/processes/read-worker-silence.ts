import 'server-only'
import { sql } from '../client.ts'

/** Seconds since the youngest sign of life of a worker, by the database's clock; null where none is known. */
export async function readWorkerSilence(): Promise<number | null> {
  const [row] = await sql<{ seconds: number | null }[]>`
    select extract(epoch from clock_timestamp() - max(seen_at))::float8 as seconds from processes where kind = 'worker'`
  return row?.seconds ?? null
}
