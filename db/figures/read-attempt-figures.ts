import 'server-only'
import type { Period } from '#lib/domain/figure-period.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

const COUNTS = ['started', 'succeeded', 'failed', 'closed', 'expired', 'disputed', 'waiting'] as const

export type AttemptFigures = Readonly<Record<(typeof COUNTS)[number], number>> & {
  readonly provider: ProviderName
  readonly scene: string
  /** From the start of an attempt to its payment, on average; null where none succeeded. */
  readonly secondsToPay: number | null
}

type Row = { provider: ProviderName; scene: string; pay_seconds: string } & Record<(typeof COUNTS)[number], string>

/** How the attempts of each way to pay came out that began in a period, the most used way first. */
export async function readAttemptFigures(
  _: Permit<'payments.read'>,
  period: Period,
): Promise<readonly AttemptFigures[]> {
  const rows = await sql<Row[]>`
    select provider, scene, ${sql.unsafe(COUNTS.map((count) => `sum(${count}) as ${count}`).join(', '))},
      sum(pay_seconds) as pay_seconds
    from figure_attempts where day between ${period.first} and ${period.last}
    group by 1, 2 order by 3 desc, 1, 2`
  return rows.map(({ provider, scene, pay_seconds, ...counts }) => {
    const counted = Object.fromEntries(COUNTS.map((count) => [count, Number(counts[count])])) as Record<
      (typeof COUNTS)[number],
      number
    >
    const secondsToPay = counted.succeeded > 0 ? Number(pay_seconds) / counted.succeeded : null
    return { provider, scene, ...counted, secondsToPay }
  })
}
