import 'server-only'
import type { Following } from '#db/invalidations/follow-invalidations.ts'

/** Longer without a look into the table of invalidations, and pages may be older than the shop promises. */
const LOOKED_WITHIN_MS = 5_000
/** Next compares Date.now() with a clock that stands still while the machine sleeps; apart, changes can pass unseen. */
const CLOCKS_APART_MS = 500

/** Next bundles `instrumentation.ts` apart from the routes: what they share in a process hangs on its global object. */
const shared = globalThis as typeof globalThis & { comptoirFollowing?: Following }

export const setFollowing = (following: Following): void => {
  shared.comptoirFollowing = following
}

export type FreshnessProblem = 'changes_not_replayed' | 'changes_not_followed' | 'clock_jumped'

/** Why this process might show an old price or stock; empty when it does not. */
export function freshnessProblems(now = Date.now()): FreshnessProblem[] {
  const problems: FreshnessProblem[] = []
  const lookedAt = shared.comptoirFollowing?.lookedAt() ?? null
  if (lookedAt === null) problems.push('changes_not_replayed')
  else if (now - lookedAt.getTime() > LOOKED_WITHIN_MS) problems.push('changes_not_followed')
  const monotonic = performance.timeOrigin + performance.now()
  if (Math.abs(now - monotonic) > CLOCKS_APART_MS) problems.push('clock_jumped')
  return problems
}
