import 'server-only'
import type { TransactionSql } from 'postgres'
import { FINDINGS, type Finding } from '#lib/domain/reconciliation.ts'
import { sql } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'

export type Found = {
  readonly finding: Finding
  /** The number of attempt or refund, or the line where there is none. */
  readonly subject: string
  readonly line: number | null
  readonly attemptId: string | null
  readonly orderId: string | null
  readonly billedFen: bigint | null
  readonly billedFeeFen: bigint | null
  readonly oursFen: bigint | null
  readonly detail: string | null
}

/**
 * What an insert does with a difference that is known: it was seen, and what a rule took for gone is open again. What a
 * person settled stays settled.
 */
export const seenAgain = () =>
  sql.unsafe(`
    on conflict (provider, day, finding, subject) do update set
      seen_at = excluded.seen_at,
      (state, settled_at, settled_by, resolution) = (
        select case when gone then excluded.state else bill_differences.state end,
          case when not gone then bill_differences.settled_at end,
          case when not gone then bill_differences.settled_by end,
          case when not gone then bill_differences.resolution end
        from (select coalesce(bill_differences.resolution = 'agrees_now', false)) as settled (gone)
      )`)

/**
 * Writes what a matching found. What was found before is seen again and otherwise left as it is, so that a day can be
 * matched any number of times; what only needs to be noted is settled at once.
 */
export async function writeDifferences(
  tx: TransactionSql,
  { provider, day }: DayOfProvider,
  found: readonly Found[],
  now: Date,
): Promise<void> {
  if (found.length === 0) return
  const rows = found.map(({ finding, ...rest }) => ({
    ...rest,
    finding,
    kind: FINDINGS[finding].kind,
    proposal: FINDINGS[finding].proposal,
    billedFen: rest.billedFen?.toString(),
    billedFeeFen: rest.billedFeeFen?.toString(),
    oursFen: rest.oursFen?.toString(),
  }))
  const at = now.toISOString()
  await tx`
    insert into bill_differences (provider, day, finding, kind, proposal, subject, line, attempt_id, order_id,
      billed_fen, billed_fee_fen, ours_fen, detail, opened_at, seen_at, state, settled_at, settled_by, resolution)
    select ${provider}, ${day}::date, finding, kind, proposal, subject, line, "attemptId", "orderId",
      "billedFen", "billedFeeFen", "oursFen", detail, ${at}::timestamptz, ${at}::timestamptz,
      case when noted then 'settled' else 'open' end,
      case when noted then ${at}::timestamptz end,
      case when noted then 'rule' end,
      case when noted then 'in_other_bill' end
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as row (
      finding text, kind text, proposal text, subject text, line int, "attemptId" uuid, "orderId" uuid,
      "billedFen" bigint, "billedFeeFen" bigint, "oursFen" bigint, detail text
    ), lateral (select proposal = 'nothing') as note (noted)
    ${seenAgain()}`
}
