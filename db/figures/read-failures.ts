import 'server-only'
import type { Period } from '#lib/domain/figure-period.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

export type FailureReason = {
  readonly provider: ProviderName
  readonly scene: string
  /** The provider's own word, or ours. */
  readonly code: string
  readonly attempts: number
}

/** Why attempts failed that began in a period, the most frequent reason first; at most 50. */
export async function readFailures(_: Permit<'payments.read'>, period: Period): Promise<readonly FailureReason[]> {
  const rows = await sql<(Omit<FailureReason, 'attempts'> & { attempts: string })[]>`
    select provider, scene, code, sum(attempts) as attempts from figure_failures
    where day between ${period.first} and ${period.last}
    group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 50`
  return rows.map((row) => ({ ...row, attempts: Number(row.attempts) }))
}
