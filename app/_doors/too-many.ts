import 'server-only'
import { type LimitReached, takeFromLimit } from '#db/limits/take-from-limit.ts'
import { takeFromSource } from '#db/limits/take-from-source.ts'
import type { LimitName } from '#lib/domain/limits.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { isInRanges, parseRanges } from '#lib/http/ip-ranges.ts'
import type { Result } from '#lib/result.ts'
import { tooOften } from './too-often.ts'

const OWN_MACHINE = parseRanges('127.0.0.0/8 ::1')

/**
 * Counts a try at the door of a route handler. @returns 429 with the sentence in the page's language, as text or as the
 * `{said}` that a script shows, and with `retry-after`; null for who may go on.
 */
export async function tooMany(
  limit: LimitName,
  who: string,
  { locale, scripted = false }: { readonly locale: Locale; readonly scripted?: boolean },
): Promise<Response | null> {
  return tellTooMany(await takeFromLimit(limit, who), locale, scripted)
}

function tellTooMany(taken: Result<null, LimitReached>, locale: Locale, scripted: boolean): Response | null {
  if (taken.ok) return null
  const { retryAfterS } = taken.error
  const said = tooOften(locale, retryAfterS)
  const headers = { 'retry-after': String(retryAfterS), 'cache-control': 'no-store' }
  return scripted ? Response.json({ said }, { status: 429, headers }) : new Response(said, { status: 429, headers })
}

/** The same for a client's address. Requests of this machine itself are nobody's: they come from it, or tell no client. */
export const tooManyFrom = async (
  limit: LimitName,
  ip: string,
  how: { readonly locale: Locale; readonly scripted?: boolean },
): Promise<Response | null> =>
  isInRanges(ip, OWN_MACHINE) ? null : tellTooMany(await takeFromSource(limit, ip), how.locale, how.scripted ?? false)
