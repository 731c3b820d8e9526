import 'server-only'
import type { LimitName } from '#lib/domain/limits.ts'
import { log } from '#lib/log.ts'
import { db } from '../client.ts'
import { limitRefusals } from './schema.ts'

/** A flood must not become a flood of rows. */
const ONCE_IN_MS = 10_000
const REMEMBERED_AT_MOST = 10_000
const lately = new Map<string, number>()

/** Notes that an address was turned away by a limit; at most once in ten seconds for each limit. Never fails the door. */
export async function noteRefusal(source: string, limitName: LimitName, now: Date = new Date()): Promise<void> {
  const key = `${limitName} ${source}`
  if (now.getTime() - (lately.get(key) ?? 0) < ONCE_IN_MS) return
  if (lately.size >= REMEMBERED_AT_MOST) lately.clear()
  lately.set(key, now.getTime())
  try {
    await db.insert(limitRefusals).values({ source, limitName, at: now })
  } catch (err) {
    log.warn({ err }, 'a refusal was not noted')
  }
}
