import 'server-only'
import type { LimitName } from '#lib/domain/limits.ts'
import { log } from '#lib/log.ts'
import { err, type Result } from '#lib/result.ts'
import { noteRefusal } from '../risk/note-refusal.ts'
import { listSlowedSources } from '../risk/slow-sources.ts'
import { type LimitReached, takeFromLimit } from './take-from-limit.ts'

const KNOWN_FOR_MS = 2_000
let known: { readonly until: number; readonly sources: Promise<readonly string[]> } | null = null

function slowedLately(): Promise<readonly string[]> {
  const now = performance.now()
  if (known === null || now > known.until) {
    const sources = listSlowedSources().catch((cause: unknown) => {
      log.warn({ err: cause }, 'it is not known who is slowed down')
      return []
    })
    known = { until: now + KNOWN_FOR_MS, sources }
  }
  return known.sources
}

/**
 * Counts one try of a client's address. One that is slowed down has little for all doors together, beside each door's own
 * limit. Who is turned away is noted, so that the watch sees who goes on all the same.
 */
export async function takeFromSource(limit: LimitName, source: string): Promise<Result<null, LimitReached>> {
  const isSlowed = (await slowedLately()).includes(source)
  const little = isSlowed ? await takeFromLimit('slowed', source) : null
  if (little && !little.ok) return err(little.error)
  const taken = await takeFromLimit(limit, source)
  if (!taken.ok) await noteRefusal(source, limit)
  return taken
}
