import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core'

/**
 * How often something was tried lately, by what and by whom; written by rate-limiter-flexible, whose column names these
 * are. `expire` is in milliseconds since 1970. Whoever is named in a key is hashed.
 */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text().primaryKey(),
    points: integer().notNull().default(0),
    expire: bigint({ mode: 'number' }),
  },
  (t) => [index('rate_limits_expire').on(t.expire)],
)
