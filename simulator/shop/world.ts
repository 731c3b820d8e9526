import type postgres from 'postgres'
import { POST as takeNotification } from '../../app/api/notify/[provider]/route.ts'
import { db } from '../../db/client.ts'
import { enqueue } from '../../db/jobs/enqueue.ts'
import type { Job } from '../../db/jobs/queues.ts'
import { rehearseCrashes } from '../../lib/crash-point.ts'
import type { Message, SendResult } from '../../sandbox/notifier/send.ts'
import { type BuiltSandbox, buildSandbox } from '../../sandbox/start-sandbox.ts'
import { SANDBOX_URL } from '../platform/addresses.ts'
import type { DatabaseLine } from '../platform/database-line.ts'
import { emptyShop, setClock } from '../platform/virtual-database.ts'
import { clock } from '../platform/virtual-platform.ts'
import { connectFetch } from './gateway-line.ts'
import { isOutage } from './outage.ts'
import type { Queue } from './queue.ts'
import { printCoupons, stockShelves } from './shelves.ts'

const MINUTE_MS = 60_000
/** The production worker sweeps each minute; every fifth finds the same and costs a fifth. */
const SWEEP_EVERY_MS = 5 * MINUTE_MS
/** In production each minute; what waits for its seal hinders nothing. */
const SEAL_EVERY_MS = 60 * MINUTE_MS
const DAY_MS = 86_400_000
/** Bills of the day before are there by then. */
const DAILY = [
  { name: 'reconcile-bills', data: {} },
  { name: 'presume-delivered', data: {} },
  { name: 'refresh-figures', data: {} },
  { name: 'seal-audit-log', data: {} },
] as const
/** All of them begin at this instant, ten in the morning in China. */
const BEGINNING = Date.parse('2026-11-21T02:00:00Z')
const FIRST_DAILY = BEGINNING + 75 * MINUTE_MS

/** The shop, the gateways and the time in which both live, for one story. */
export interface World {
  /** The simulator's own connection. */
  readonly own: postgres.Sql
  readonly sandbox: BuiltSandbox
  readonly line: DatabaseLine
  readonly startedAt: number
  /** All messages that left a gateway, whatever became of them. */
  readonly sent: readonly { readonly url: string; readonly message: Message }[]
  deliver(url: string, message: Message): Promise<SendResult>
  /** Runs everything that falls due until then, in its order. */
  passTo(instantMs: number): Promise<void>
  /** When something falls due next; null when all is done. */
  nextDueAt(): Promise<number | null>
  /** Until then nobody works off jobs. */
  sendWorkerAway(untilMs: number): void
  /** From now on there is daily work too. */
  keepBooks(): void
  /** Whether there is. */
  readonly keepsBooks: boolean
}

let current: BuiltSandbox | null = null
connectFetch(() => {
  if (!current) throw new Error('no gateway is open')
  return current
})

type Surroundings = {
  readonly folder: string
  readonly own: postgres.Sql
  readonly line: DatabaseLine
  readonly queue: Queue
}

/** A shop that nobody has ordered from, and gateways that nobody has paid at. */
export async function openWorld(seed: number, { folder, own, line, queue }: Surroundings): Promise<World> {
  rehearseCrashes(null)
  clock.set(BEGINNING)
  await emptyShop(own, BEGINNING)
  queue.begin()
  await stockShelves()
  await printCoupons()
  current?.close()
  const sent: { url: string; message: Message }[] = []
  const sandbox = buildSandbox({
    folder,
    book: ':memory:',
    publicUrl: SANDBOX_URL,
    speed: 1,
    seed,
    now: clock.now,
    send: (url, message) => {
      sent.push({ url, message })
      return deliver(url, message)
    },
  })
  current = sandbox
  let workerAwayUntil = 0
  let sweepAt = BEGINNING
  let sealAt = BEGINNING
  let dailyAt = Number.POSITIVE_INFINITY

  const nextDueAt = async () => {
    const job = await queue.nextDueAt()
    const times = [job && Math.max(job, workerAwayUntil), sandbox.notifier.nextDueAt()].filter((time) => time !== null)
    return times.length > 0 ? Math.max(clock.now(), Math.min(...times)) : null
  }
  const setTime = async (instantMs: number) => {
    clock.set(instantMs)
    await setClock(own, instantMs)
  }
  const runDue = async () => {
    for (const gateway of sandbox.gateways) gateway.letTimePass()
    while ((await sandbox.notifier.runDue()) > 0);
    await line.settled()
    if (clock.now() < workerAwayUntil) return
    if (clock.now() >= sweepAt) {
      sweepAt = clock.now() + SWEEP_EVERY_MS
      await handOut({ name: 'sweep-unsettled', data: {} })
    }
    if (clock.now() >= sealAt) {
      sealAt = clock.now() + SEAL_EVERY_MS
      await handOut({ name: 'seal-journals', data: {} })
    }
    if (clock.now() >= dailyAt) {
      dailyAt += DAY_MS
      await handOut(...DAILY)
    }
    await queue.runDue()
    await line.settled()
  }
  return {
    own,
    sandbox,
    line,
    startedAt: BEGINNING,
    sent,
    deliver,
    nextDueAt,
    async passTo(instantMs) {
      for (;;) {
        const due = await nextDueAt()
        if (due === null || due > instantMs) break
        await setTime(due)
        await runDue()
      }
      await setTime(instantMs)
      await runDue()
    },
    keepBooks() {
      dailyAt = FIRST_DAILY
    },
    get keepsBooks() {
      return Number.isFinite(dailyAt)
    },
    sendWorkerAway(untilMs) {
      workerAwayUntil = Math.max(workerAwayUntil, untilMs)
    },
  }
}

/** What the worker's clock hands out by itself. A database that is away misses it this once. */
async function handOut(...jobs: readonly Job[]): Promise<void> {
  try {
    await enqueue(db, ...jobs)
  } catch (error) {
    if (!isOutage(error)) throw error
  }
}

/** Hands a gateway's message to the shop's own door. */
async function deliver(url: string, message: Message): Promise<SendResult> {
  const provider = url.split('/').at(-1) ?? ''
  const request = new Request(url, { method: 'POST', headers: message.headers, body: message.body })
  const answer = await takeNotification(request, { params: Promise.resolve({ provider }) })
  return { status: answer.status, body: await answer.text() }
}
