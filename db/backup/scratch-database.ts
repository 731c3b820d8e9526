import postgres from 'postgres'

/** The database beside it that its server always has, for making and renaming the others. */
function besides(databaseUrl: string): { url: string; name: string } {
  const url = new URL(databaseUrl)
  const name = decodeURIComponent(url.pathname.slice(1))
  url.pathname = '/postgres'
  return { url: url.href, name }
}

async function asAdministrator<T>(
  databaseUrl: string,
  run: (sql: postgres.Sql, name: string) => Promise<T>,
): Promise<T> {
  const { url, name } = besides(databaseUrl)
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    return await run(sql, name)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

export type TargetState = {
  readonly exists: boolean
  /** True when it has any table of its own. */
  readonly living: boolean
  /** Who is connected to it. */
  readonly sessions: readonly string[]
}

/** What stands where a restored database is to come. */
export async function describeTarget(databaseUrl: string): Promise<TargetState> {
  const { exists, sessions } = await asAdministrator(databaseUrl, async (sql, name) => ({
    exists: (await sql`select from pg_database where datname = ${name}`).length > 0,
    sessions: await sql<{ who: string }[]>`
      select distinct coalesce(nullif(application_name, ''), usename::text) as who from pg_stat_activity
      where datname = ${name} order by 1`,
  }))
  return { exists, living: exists && (await hasTables(databaseUrl)), sessions: sessions.map(({ who }) => who) }
}

async function hasTables(databaseUrl: string): Promise<boolean> {
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    const found = await sql`
      select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and nspname not like 'pg\\_%' and nspname <> 'information_schema' limit 1`
    return found.length > 0
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** An empty database under this name; one that a killed restore left half full goes first. */
export const makeEmpty = (databaseUrl: string): Promise<void> =>
  asAdministrator(databaseUrl, async (sql, name) => {
    await sql`drop database if exists ${sql(name)} with (force)`
    // Sorting and case as the server's own databases have them.
    await sql`create database ${sql(name)} template template0`
  })

export const dropDatabase = (databaseUrl: string): Promise<void> =>
  asAdministrator(databaseUrl, async (sql, name) => {
    await sql`drop database if exists ${sql(name)} with (force)`
  })

/**
 * Gives a finished database its name. What had the name before keeps all it holds, under `kept`.
 * @param kept null when nothing has the name, or when what has it is empty and may go.
 */
export const takeItsPlace = (fromUrl: string, toUrl: string, kept: string | null): Promise<void> =>
  asAdministrator(toUrl, async (sql, name) => {
    const from = besides(fromUrl).name
    if (kept) await sql`alter database ${sql(name)} rename to ${sql(kept)}`
    else await sql`drop database if exists ${sql(name)}`
    await sql`alter database ${sql(from)} rename to ${sql(name)}`
  })
