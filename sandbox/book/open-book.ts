import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'

/** Rises with the tables: an older book is refused by name rather than misread. */
const BOOK_VERSION = 1n

const SETTINGS_TABLE = `
  create table if not exists settings (name text primary key, value text not null) strict;
`

export type Row = Record<string, SQLOutputValue>

/** The gateways' own truth. One writer, one file, every change committed before it is answered. */
export interface Book {
  get(sql: string, ...values: SQLInputValue[]): Row | undefined
  all(sql: string, ...values: SQLInputValue[]): Row[]
  run(sql: string, ...values: SQLInputValue[]): void
  /** All or nothing. A call inside another joins it. */
  transaction<T>(work: () => T): T
  close(): void
}

/**
 * @param path a file, or `:memory:`
 * @param tables `create table if not exists …` of each room
 * @throws when the file was written by another version of the sandbox
 */
export function openBook(path: string, tables: readonly string[]): Book {
  const database = new DatabaseSync(path, { timeout: 5_000, readBigInts: true })
  database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;')
  prepareTables(database, path, tables)

  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    get: (sql, ...values) => prepared(sql).get(...values),
    all: (sql, ...values) => prepared(sql).all(...values),
    run: (sql, ...values) => void prepared(sql).run(...values),
    transaction(work) {
      if (database.isTransaction) return work()
      database.exec('begin immediate')
      try {
        const result = work()
        database.exec('commit')
        return result
      } catch (error) {
        database.exec('rollback')
        throw error
      }
    },
    close: () => database.close(),
  }
}

function prepareTables(database: DatabaseSync, path: string, tables: readonly string[]): void {
  const version = database.prepare('pragma user_version').get()?.['user_version']
  if (version !== 0n && version !== BOOK_VERSION)
    throw new Error(`The sandbox book ${path} has version ${version}, this sandbox writes ${BOOK_VERSION}: remove it.`)
  for (const sql of [SETTINGS_TABLE, ...tables]) database.exec(sql)
  database.exec(`pragma user_version = ${BOOK_VERSION}`)
}

export function readSetting(book: Book, name: string): string | null {
  const row = book.get('select value from settings where name = ?', name)
  return row ? text(row, 'value') : null
}

export function writeSetting(book: Book, name: string, value: string): void {
  book.run('insert into settings values (?, ?) on conflict (name) do update set value = excluded.value', name, value)
}

export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`${column} is not text in the book`)
  return value
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

export function whole(row: Row, column: string): bigint {
  const value = row[column]
  if (typeof value !== 'bigint') throw new TypeError(`${column} is not a whole number in the book`)
  return value
}

export function instant(row: Row, column: string): number {
  return Number(whole(row, column))
}

export function instantOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : instant(row, column)
}
