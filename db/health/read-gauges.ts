import 'server-only'
import { SEVERITIES } from '#lib/domain/risk/incident-kinds.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import type { Family, Sample } from '#lib/telemetry/gauge-text.ts'
import { sql } from '../client.ts'
import { readUnoffered } from '../providers/read-offering.ts'
import { countDeadJobs, readQueues } from './read-queue.ts'

const OUTCOMES = ['started', 'succeeded', 'failed', 'closed', 'expired', 'disputed'] as const

type AttemptSums = Record<(typeof OUTCOMES)[number], string> & { provider: string; scene: string }

/** What is true of the whole shop, whichever process is asked: payments, queues, incidents, connections, backups. */
export async function readGauges(now: Date): Promise<readonly Family[]> {
  const [attempts, queues, dead, incidents, connections, workers, runs, unoffered] = await Promise.all([
    sql<AttemptSums[]>`
      select provider, scene, sum(started) as started, sum(succeeded) as succeeded, sum(failed) as failed,
        sum(closed) as closed, sum(expired) as expired, sum(disputed) as disputed
      from figure_attempts group by 1, 2 order by 1, 2`,
    readQueues(now),
    countDeadJobs(),
    sql<{ severity: string; open: number }[]>`
      select severity, count(*)::int as open from incidents where settled_at is null group by 1`,
    sql<{ application: string; state: string; connections: number }[]>`
      select application_name as application, coalesce(state, 'unknown') as state, count(*)::int as connections
      from pg_stat_activity where datname = current_database() and application_name like 'comptoir%' group by 1, 2`,
    sql<{ seconds: number }[]>`
      select extract(epoch from clock_timestamp() - seen_at)::float8 as seconds from processes where kind = 'worker'`,
    sql<{ kind: string; at: number }[]>`
      select kind, extract(epoch from max(finished_at))::float8 as at from backup_runs where succeeded group by 1`,
    readUnoffered(now),
  ])
  const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name: `comptoir_${name}`,
    help,
    type: 'gauge',
    samples,
  })
  return [
    {
      name: 'comptoir_payment_attempts_total',
      help: 'Attempts to pay by provider, way and what became of them; counted anew each minute',
      type: 'counter',
      samples: attempts.flatMap(({ provider, scene, ...sums }) =>
        OUTCOMES.map((outcome) => ({ labels: { provider, scene, outcome }, value: Number(sums[outcome]) })),
      ),
    },
    gauge(
      'provider_offered',
      '1 where shoppers are offered the provider, 0 where it is unreachable or paused',
      PROVIDER_NAMES.map((provider) => ({ labels: { provider }, value: unoffered.has(provider) ? 0 : 1 })),
    ),
    gauge(
      'queue_waiting',
      'Jobs that should have begun',
      queues.map(({ name, waiting }) => ({ labels: { queue: name }, value: waiting })),
    ),
    gauge('queue_lag_seconds', 'The longest wait of a job that should have begun', [
      { value: Math.max(0, ...queues.map(({ longestS }) => longestS)) },
    ]),
    gauge('dead_jobs', 'Jobs that failed every time and wait for a person', [{ value: dead }]),
    gauge(
      'incidents_open',
      'Incidents that nobody has settled',
      SEVERITIES.map((severity) => ({
        labels: { severity },
        value: incidents.find((row) => row.severity === severity)?.open ?? 0,
      })),
    ),
    gauge(
      'database_connections',
      'Connections of the shop to its database',
      connections.map(({ application, state, connections: value }) => ({ labels: { application, state }, value })),
    ),
    gauge(
      'worker_silent_seconds',
      'Since the youngest sign of life of a worker; absent where there is none',
      workers.length === 0 ? [] : [{ value: Math.min(...workers.map(({ seconds }) => seconds)) }],
    ),
    gauge(
      'last_success_timestamp_seconds',
      'When the last good backup, drill or archive was ready',
      runs.map(({ kind, at }) => ({ labels: { run: kind }, value: at })),
    ),
  ]
}
