import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { checkBooks } from '../db/testing/check-books.ts'
import { rehearseCrashes } from '../lib/crash-point.ts'
import { compareWithGateways } from './check/compare-with-gateways.ts'
import { listBelievedForgeries } from './check/list-believed-forgeries.ts'
import { listSightings } from './check/list-sightings.ts'
import { listUnfinished } from './check/list-unfinished.ts'
import { listUnmatched } from './check/list-unmatched.ts'
import { seededChance } from './platform/chance.ts'
import type { DatabaseLine } from './platform/database-line.ts'
import { clock, reseed } from './platform/virtual-platform.ts'
import type { Told } from './play-order.ts'
import { resendFailed } from './shop/give-back.ts'
import { createCast } from './shop/perform.ts'
import type { Queue } from './shop/queue.ts'
import { renewProviders } from './shop/renew-providers.ts'
import { openWorld, type World } from './shop/world.ts'
import { type Moment, tellMoment } from './story/act.ts'

const DAY_MS = 86_400_000
/** Moments between two looks of the watch: about six minutes. */
const WATCHED_EACH = 12
/** Longer than any gateway repeats itself and any fault delays. */
const REST_MS = 8 * DAY_MS
/** Longer than anything is put off on purpose, as the question for a review is. */
const PUT_OFF_MS = 40 * DAY_MS

export type Stage = {
  readonly folder: string
  readonly own: postgres.Sql
  readonly line: DatabaseLine
  readonly queue: Queue
  readonly jobs: readonly string[]
  /** Whether the watch is asked on the way, and must see nothing. */
  readonly isWatched: boolean
}

/** Plays a story from its beginning, lets everything come to rest without faults, and looks at the books. */
export async function runStory(seed: number, moments: readonly Moment[], stage: Stage): Promise<Told> {
  await stage.line.begin(seededChance(seed ^ 0x7a57))
  reseed(seed)
  renewProviders()
  const world = await openWorld(seed, stage)
  const lines: string[] = []
  const broken: string[] = []
  try {
    const cast = createCast(world)
    for (const [n, moment] of moments.entries()) {
      await world.passTo(world.startedAt + moment.atMs)
      const outcomes = await Promise.all(moment.acts.map(cast.perform))
      await stage.line.settled()
      if (stage.isWatched && n % WATCHED_EACH === 0) broken.push(...(await listSightings()))
      lines.push(`${tellMoment(moment)}  → ${outcomes.join(' ∥ ')}`)
    }
    await comeToRest(world, stage)
    broken.push(
      ...(await checkBooks()),
      ...listBelievedForgeries(world.sandbox),
      ...(await compareWithGateways(stage.own, world.sandbox)),
      ...(await listUnfinished(stage.own, stage.jobs)),
      ...(world.keepsBooks ? await listUnmatched(stage.own) : []),
    )
  } catch (error) {
    broken.push(`something was thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  const acts = moments.reduce((sum, moment) => sum + moment.acts.length, 0)
  return { lines, acts, broken, hash: await hashOf(stage.own, lines) }
}

/** Faults end, staff see to what failed, and time runs on until nothing is left to do. */
async function comeToRest(world: World, { own, line }: Stage): Promise<void> {
  rehearseCrashes(null)
  line.strike(null)
  world.sandbox.faults.clear()
  for (let rounds = 0; rounds < 3; rounds++) {
    const until = clock.now() + REST_MS
    if (world.keepsBooks) for (let day = 1; day < REST_MS / DAY_MS; day++) await world.passTo(clock.now() + DAY_MS)
    await world.passTo(until)
    await passToEnd(world, until + PUT_OFF_MS)
    if ((await resendFailed(own)) === 0) return
  }
}

async function passToEnd(world: World, latestMs: number): Promise<void> {
  for (;;) {
    const due = await world.nextDueAt()
    if (due === null || due > latestMs) return
    await world.passTo(due)
  }
}

async function hashOf(sql: postgres.Sql, lines: readonly string[]): Promise<string> {
  const books = await sql`
    select number, orders.state, payments.state as paid, captured_fen, refunded_fen
    from orders join payments on payments.order_id = orders.id order by number`
  const events = await sql`select event, axis, from_state, to_state, actor, at from order_events order by id`
  return createHash('sha256')
    .update(JSON.stringify([lines, books, events]))
    .digest('hex')
    .slice(0, 16)
}
