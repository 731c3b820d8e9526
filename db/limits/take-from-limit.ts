import 'server-only'
import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { LIMITS, type LimitName } from '#lib/domain/limits.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { sql } from '../client.ts'

/** `retryAfterS`: whole seconds until it is worth trying again, 1 or more. */
export type LimitReached = { readonly code: 'limit_reached'; readonly retryAfterS: number }

/** What the limiter asks of a driver, spoken by ours. */
const storeClient = {
  query: async ({ text, values }: { text: string; values: (string | number)[] }) => {
    const rows = await sql.unsafe(text, values, { prepare: true })
    return { rows: rows.map((row) => ({ ...row, expire: Number(row['expire']) })), rowCount: rows.count }
  },
}

const limiters = new Map<LimitName, RateLimiterPostgres>()

function limiterOf(name: LimitName): RateLimiterPostgres {
  const known = limiters.get(name)
  if (known) return known
  const { times, seconds } = LIMITS[name]
  const limiter = new RateLimiterPostgres({
    storeClient,
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points: times,
    duration: seconds,
    // Who is over the limit is turned away without a question to the database.
    inMemoryBlockOnConsumed: times + 1,
  })
  limiters.set(name, limiter)
  return limiter
}

/** Who is counted stands in no table as they are called. */
const keyOf = (who: string): string => createHash('sha256').update(who).digest('base64url')

/**
 * Counts one try. Exact across processes: one statement counts and tells.
 * @param who an account id, an e-mail, an address: whatever the limit is about.
 */
export async function takeFromLimit(name: LimitName, who: string): Promise<Result<null, LimitReached>> {
  try {
    await limiterOf(name).consume(keyOf(who))
    return ok(null)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return err({ code: 'limit_reached', retryAfterS: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
  }
}

/** Forgets the tries of somebody who has shown that they may. */
export async function clearLimit(name: LimitName, who: string): Promise<void> {
  await limiterOf(name).delete(keyOf(who))
}

/** Removes counters of windows that are over. @returns how many. */
export async function pruneLimits(now: Date): Promise<number> {
  return (await sql`delete from rate_limits where expire < ${now.getTime()}`).count
}
