import { connection } from 'next/server'
import { shopHealth } from '#lib/telemetry/shop-health.ts'

/**
 * An answer at all means live; 200 means that this process may be sent shoppers, 503 names why not. `concerns` are for
 * people: a silent worker, a late queue, a provider that is not offered.
 */
export async function GET(): Promise<Response> {
  await connection()
  const { reasons, concerns } = await shopHealth()
  const ready = reasons.length === 0
  return Response.json(
    { live: true, ready, reasons, concerns },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
