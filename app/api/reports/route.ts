import { connection } from 'next/server'
import { readBody } from '#lib/http/read-body.ts'
import { readPolicyReports } from '#lib/http/read-policy-reports.ts'
import { log } from '#lib/log.ts'

const BODY_BYTES_AT_MOST = 16 * 1024
const REPORTS_A_MINUTE = 30
const MINUTE_MS = 60_000

let minute = 0
let taken = 0

/** Where browsers tell what a content policy stopped: into the log, some of them, since anybody can send any number. */
export async function POST(request: Request): Promise<Response> {
  await connection()
  const now = Math.floor(Date.now() / MINUTE_MS)
  if (now !== minute) [minute, taken] = [now, 0]
  if (taken >= REPORTS_A_MINUTE) return new Response(null, { status: 429, headers: { 'retry-after': '60' } })
  const body = await readBody(request, BODY_BYTES_AT_MOST)
  if (!body) return new Response(null, { status: 413 })
  for (const report of readPolicyReports(body)) {
    taken += 1
    log.warn({ report }, 'a browser stopped something by the content policy')
  }
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}
