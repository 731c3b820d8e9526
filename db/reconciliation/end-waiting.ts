import 'server-only'
import type { TransactionSql } from 'postgres'
import type { DayOfProvider } from './keep-bill-file.ts'

/**
 * What earlier matchings left, now that this day's bill is read: what this run did not see any more is settled, what
 * the day before waited for is settled when it is here and opened when it is not.
 * @param now of this matching, with which everything that it found was seen.
 */
export async function endWaiting(tx: TransactionSql, { provider, day }: DayOfProvider, now: Date): Promise<void> {
  const at = now.toISOString()
  await tx`
    update bill_differences
    set state = 'settled', settled_at = ${at}::timestamptz, settled_by = 'rule', resolution = 'agrees_now'
    where provider = ${provider} and day = ${day}::date and state <> 'settled' and seen_at < ${at}::timestamptz`
  await tx`
    update bill_differences as difference
    set state = 'settled', settled_at = ${at}::timestamptz, settled_by = 'rule', resolution = 'in_other_bill'
    from bill_lines as billed
    where difference.provider = ${provider} and difference.day in (${day}::date - 1, ${day}::date + 1)
      and difference.kind = 'missing_there' and difference.state <> 'settled'
      and billed.provider = ${provider} and billed.day = ${day}::date
      and difference.subject = case billed.kind when 'payment' then billed.out_trade_no else billed.refund_no end
      and (difference.finding = 'payment_unbilled') = (billed.kind = 'payment')`
  await tx`
    update bill_differences set state = 'open'
    where provider = ${provider} and day = ${day}::date - 1 and state = 'waiting'`
}
