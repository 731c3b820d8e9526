import type { Sql, TransactionSql } from 'postgres'
import type { Contents, Manifest } from '#lib/backup/backup-format.ts'

/** What of the database belongs to the shop; the list of migrations is told by the contents instead. */
const SCHEMAS = ['public', 'pgboss']
/** Written by the migrations and by the queue's own installation. */
const NOT_COPIED = ['pgboss.version']

export type Table = Contents['tables'][number]
type Asker = Sql | TransactionSql

/** All tables with the columns that can be written, partitions as their parent, in the order of their names. */
export async function listTables(sql: Asker): Promise<Table[]> {
  const tables = await sql<Table[]>`
    select nspname || '.' || relname as name, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where nspname = any (${SCHEMAS}) and relkind in ('r', 'p') and not relispartition
      and nspname || '.' || relname <> all (${NOT_COPIED})
    group by 1 order by 1`
  return [...tables]
}

/** The hashes of the migrations that these tables have seen. */
export async function listMigrations(sql: Asker): Promise<string[]> {
  const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by created_at, id`
  return rows.map(({ hash }) => hash)
}

export async function readQueueVersion(sql: Asker): Promise<number> {
  const [row] = await sql<{ version: number }[]>`select version from pgboss.version`
  if (!row) throw new Error('The queue is not installed')
  return row.version
}

/** Sequences that gave out a number, with the last one. They stand outside of snapshots: ask after the rows were read. */
export async function listSequences(sql: Asker): Promise<Manifest['sequences']> {
  const rows = await sql<{ name: string; last: string }[]>`
    select schemaname || '.' || sequencename as name, last_value::text as last from pg_sequences
    where schemaname = any (${SCHEMAS}) and last_value is not null order by 1`
  return [...rows]
}

/** Where the chain of seals ends, as this snapshot has it. */
export async function readLedgerHead(sql: Asker): Promise<Manifest['ledgerHead']> {
  const [last] = await sql<{ position: string; hash: string }[]>`
    select position::text, encode(hash, 'hex') as hash from journal_seals order by journal_seals.position desc limit 1`
  return last ? { ...last } : null
}

export async function countRows(sql: Asker, tables: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const [row] = await sql<{ rows: string }[]>`select count(*)::text as rows from ${sql(table)}`
    counts[table] = Number(row?.rows)
  }
  return counts
}
