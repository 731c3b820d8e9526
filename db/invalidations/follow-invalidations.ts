import 'server-only'
import { asc, gte } from 'drizzle-orm'
import { db, sql } from '../client.ts'
import { INVALIDATIONS_CHANNEL } from './channel.ts'
import { cacheInvalidations } from './schema.ts'

/** A row can be committed this long after the time it carries: more than any transaction of the shop may last. */
const COMMIT_DELAY_MS = 60_000
/** How often to look without having been told, for a connection that died without a word. */
const LOOK_EVERY_MS = 1_000

export type Following = {
  /** When the table was last read with success; null before the first time. */
  readonly lookedAt: () => Date | null
  readonly stop: () => Promise<void>
}

type Listener = {
  /** Told each invalidation once, in order. */
  readonly onTags: (tags: readonly string[]) => void
  /** Told when looking begins to fail, and with null when it works again. */
  readonly onTrouble: (error: unknown) => void
}

/**
 * Tells of every tag that was invalidated after `since`, and goes on telling. NOTIFY and each new connection only say
 * that it is time to look into the table, so that nothing is lost while a connection was down.
 * @returns after the first look, also when it failed; the next one comes within a second.
 */
export async function followInvalidations(since: Date, { onTags, onTrouble }: Listener): Promise<Following> {
  let newest = since
  let told = new Map<string, number>()
  let lookedAt: Date | null = null
  let failing = false

  async function look() {
    const rows = await db
      .select()
      .from(cacheInvalidations)
      .where(gte(cacheInvalidations.invalidatedAt, new Date(newest.getTime() - COMMIT_DELAY_MS)))
      .orderBy(asc(cacheInvalidations.invalidatedAt))
    const fresh = rows.filter((row) => told.get(row.tag) !== row.invalidatedAt.getTime()).map((row) => row.tag)
    if (fresh.length > 0) onTags(fresh)
    told = new Map(rows.map((row) => [row.tag, row.invalidatedAt.getTime()]))
    newest = rows.at(-1)?.invalidatedAt ?? newest
    lookedAt = new Date()
    if (failing) onTrouble(null)
    failing = false
  }

  function noteTrouble(error: unknown) {
    if (!failing) onTrouble(error)
    failing = true
  }

  const lookSoon = oneAtATime(() => look().catch(noteTrouble))
  await lookSoon()
  const timer = setInterval(lookSoon, LOOK_EVERY_MS)
  const listening = sql.listen(INVALIDATIONS_CHANNEL, lookSoon, lookSoon)
  listening.catch(noteTrouble)
  return {
    lookedAt: () => lookedAt,
    stop: async () => {
      clearInterval(timer)
      await listening.then(({ unlisten }) => unlisten())
    },
  }
}

/** Calls that come while one is running make one more run after it, which sees what all of them were about. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let again = false

  async function runWhileAsked() {
    do {
      again = false
      await run()
    } while (again)
    running = null
  }

  return () => {
    again = true
    running ??= runWhileAsked()
    return running
  }
}
