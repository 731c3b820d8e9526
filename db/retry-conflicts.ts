import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'

/** Deadlock, serialization failure, lock not had in time: nothing was written, and the same again may well succeed. */
const TRANSIENT = new Set(['40P01', '40001', '55P03'])
const TRIES = 5
const LONGEST_WAIT_MS = 40

/**
 * Runs a whole transaction again, up to five times, when it lost against another. `run` must do nothing but database
 * work: it may happen more than once.
 */
export async function retryConflicts<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (tries === TRIES || !isConflict(error)) throw error
      await sleep(Math.random() * LONGEST_WAIT_MS * tries)
    }
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return TRANSIENT.has(error.code)
  return error instanceof Error && error.cause !== undefined && isConflict(error.cause)
}
