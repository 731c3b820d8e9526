import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from './client.ts'

/** Whether a connection of this process's pool answers within `withinMs`. */
export async function isDatabaseReachable(withinMs: number): Promise<boolean> {
  const answered = sql`select 1`.then(
    () => true,
    () => false,
  )
  return Promise.race([answered, delay(withinMs, false, { ref: false })])
}
