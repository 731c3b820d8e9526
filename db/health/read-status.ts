import 'server-only'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { findLastRuns } from '../backup/find-last-runs.ts'
import { sql } from '../client.ts'
import { readUnoffered } from '../providers/read-offering.ts'
import { listProcesses } from './list-processes.ts'
import { countDeadJobs, readQueues } from './read-queue.ts'

export type ProviderStatus = {
  readonly provider: ProviderName
  /** When it was called last and whether it answered; null without a call today. */
  readonly lastCall: { readonly at: Date; readonly answered: boolean; readonly tookMs: number } | null
  /** The last day whose bill was matched, `yyyy-MM-dd`; null before the first. */
  readonly reconciledDay: string | null
}

type CallRow = { provider: ProviderName; at: string; answered: boolean; took_ms: number }

const readCalls = () => sql<CallRow[]>`
  select distinct on (provider) provider, at, answered, took_ms from provider_calls order by provider, at desc`
const readDays = () => sql<{ provider: ProviderName; day: string }[]>`
  select provider, max(day)::text as day from bill_days where state = 'matched' group by provider`

/** Everything that the page of the shop's state shows. */
export async function readStatus(
  _permit: Permit<'incidents.read'>,
  providers: readonly ProviderName[],
  now: Date = new Date(),
) {
  const [processes, queues, deadJobs, runs, unoffered, calls, days] = await Promise.all([
    listProcesses(),
    readQueues(now),
    countDeadJobs(),
    findLastRuns(),
    readUnoffered(now),
    readCalls(),
    readDays(),
  ])
  const statusOf = (provider: ProviderName): ProviderStatus => {
    const call = calls.find((row) => row.provider === provider)
    return {
      provider,
      lastCall: call ? { at: new Date(call.at), answered: call.answered, tookMs: call.took_ms } : null,
      reconciledDay: days.find((row) => row.provider === provider)?.day ?? null,
    }
  }
  return { now, processes, queues, deadJobs, runs, unoffered, providers: providers.map(statusOf) }
}
