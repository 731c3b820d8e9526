import type postgres from 'postgres'
import { sql } from '../db/client.ts'
import { offeredMethods } from '../lib/checkout/payment-methods.ts'
import { env } from '../lib/env.ts'
import { JOBS } from '../lib/jobs/registry.ts'
import { log } from '../lib/log.ts'
import { paymentProviders } from '../lib/payments/registry.ts'
import type { DatabaseLine } from './platform/database-line.ts'
import { prepareStatements } from './platform/prepared-statements.ts'
import type { PlayOrder, Told } from './play-order.ts'
import { runStory } from './run-story.ts'
import { mailJob } from './shop/mail-job.ts'
import { openQueue } from './shop/queue.ts'
import type { Moment } from './story/act.ts'
import { writeCleanStory } from './story/write-clean-story.ts'
import { writeStory } from './story/write-story.ts'

/** Played before all others, so that what a process loads when it first needs it is there for each of them. */
const REHEARSAL: PlayOrder = { seed: 1, orders: 4 }

type Props = {
  readonly databaseUrl: string
  readonly folder: string
  /** The simulator's own connection, which nothing befalls. */
  readonly own: postgres.Sql
  readonly line: DatabaseLine
}

/** The shop with its real jobs and providers, ready to play one story after the other. */
export async function openTheatre({ databaseUrl, folder, own, line }: Props) {
  log.level = 'silent'
  prepareStatements()
  const jobs = [...JOBS.filter(({ name }) => name !== mailJob.name), mailJob]
  const queue = await openQueue({ databaseUrl, own, line, jobs })
  const methods = offeredMethods(paymentProviders()).map(({ id }) => id)
  const stage = { folder, own, line, queue, jobs: jobs.map(({ name }) => name) }
  const play = async ({ seed, orders, acts, clean = false }: PlayOrder): Promise<Told> => {
    const whole = (clean ? writeCleanStory : writeStory)({ seed, orders, methods })
    return runStory(seed, acts ? onlyActs(whole, new Set(acts)) : whole, { ...stage, isWatched: clean })
  }
  await Promise.all(Array.from({ length: env.DATABASE_POOL }, () => sql`select 1`)) // each asks for types at its first use
  await play(REHEARSAL)
  return { play }
}

function onlyActs(moments: readonly Moment[], kept: ReadonlySet<number>): Moment[] {
  let index = 0
  return moments
    .map(({ atMs, acts }) => ({ atMs, acts: acts.filter(() => kept.has(index++)) }))
    .filter(({ acts }) => acts.length > 0)
}
