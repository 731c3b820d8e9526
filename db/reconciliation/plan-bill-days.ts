import 'server-only'
import { sql } from '../client.ts'
import type { DayOfProvider } from './keep-bill-file.ts'

/**
 * Sees to it that every day since the provider's first attempt has its row, up to and with `lastDay`; a shop that was
 * down for a week catches up on all of them.
 * @param startsAt hours from midnight in Shanghai at which the provider's day begins.
 */
export async function planBillDays(
  provider: DayOfProvider['provider'],
  { startsAt, lastDay, now }: { readonly startsAt: number; readonly lastDay: string; readonly now: Date },
): Promise<void> {
  await sql`
    insert into bill_days (provider, day, next_try_at)
    select ${provider}, day::date, ${now.toISOString()}::timestamptz
    from (
      select min(started_at) at time zone 'Asia/Shanghai' - ${startsAt} * interval '1 hour' as first
      from payment_attempts where provider = ${provider}
    ) as attempt, generate_series(first::date, ${lastDay}::date, interval '1 day') as day
    on conflict do nothing`
}
