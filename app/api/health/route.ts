import { connection } from 'next/server'
import { isDatabaseReachable } from '#db/is-database-reachable.ts'
import { freshnessProblems } from '#lib/freshness/freshness-health.ts'

const DATABASE_ANSWERS_WITHIN_MS = 2_000

/** An answer at all means live; 200 means that this process may be sent shoppers, 503 names why not. */
export async function GET(): Promise<Response> {
  await connection()
  const reachable = await isDatabaseReachable(DATABASE_ANSWERS_WITHIN_MS)
  const reasons = [...(reachable ? [] : ['database_unreachable']), ...freshnessProblems()]
  const ready = reasons.length === 0
  return Response.json(
    { live: true, ready, reasons },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
