import { PostgresJsSession } from 'drizzle-orm/postgres-js'

/**
 * Every statement of the shop is prepared, not only those that ask for it by a name: a story sends the same ones over
 * and over, and reading and planning them costs more than they do.
 */
export function prepareStatements(): void {
  const session = PostgresJsSession.prototype
  const { prepareQuery } = session
  Object.assign(session, {
    prepareQuery(
      this: typeof session,
      ...[query, fields, name = 'simulated', ...rest]: Parameters<typeof prepareQuery>
    ) {
      return prepareQuery.call(this, query, fields, name, ...rest)
    },
  })
}
