import type { Clock } from '../clock.ts'
import type { Notifier } from './notifier.ts'

export interface DeliveryLoop {
  /** Something may be due sooner than was thought. */
  wake(): void
  /** Lets what is under way finish. */
  stop(): Promise<void>
}

/** Wakes when something is due; at least this often, since the switchboard may move the clock. */
const LONGEST_SLEEP_MS = 1_000

/** @param beforeEach runs first each time: what falls due by itself, such as an unpaid trade that expires */
export function startDeliveryLoop(notifier: Notifier, clock: Clock, beforeEach: () => void): DeliveryLoop {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const running = new Set<Promise<void>>()

  const sleep = () => {
    clearTimeout(timer)
    if (stopped) return
    const dueAt = notifier.nextDueAt()
    const untilDue = dueAt === null ? LONGEST_SLEEP_MS : Math.max(dueAt - clock.now(), 0)
    timer = setTimeout(turn, Math.min(untilDue, LONGEST_SLEEP_MS))
  }
  const turn = () => {
    beforeEach()
    // Not awaited: a merchant who is slow to answer one message must not hold up the others.
    const sending: Promise<void> = notifier
      .runDue()
      .then(() => undefined)
      .catch((error: unknown) => console.error('sandbox: notifications were not sent', error))
      .finally(() => {
        running.delete(sending)
        sleep()
      })
    running.add(sending)
    // What falls due in `beforeEach` has woken us again, and a second timer would outlive the first.
    clearTimeout(timer)
    timer = setTimeout(turn, LONGEST_SLEEP_MS)
  }
  sleep()
  return {
    wake: () => {
      if (stopped) return
      clearTimeout(timer)
      timer = setTimeout(turn, 0)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await Promise.all(running)
      clearTimeout(timer)
    },
  }
}
