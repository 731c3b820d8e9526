import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TransactionSql } from 'postgres'
import type { Manifest } from '#lib/backup/backup-format.ts'
import type { Table } from './describe-database.ts'

/**
 * Makes a migrated database ready to be filled in this transaction: tables are emptied of what migrations wrote, and
 * triggers and foreign keys wait until everything is there. An owner of the tables may do this; no superuser is needed.
 * @returns what is to be called when the last row is in: it makes the keys anew, which proves every one of them.
 */
export async function openForFilling(tx: TransactionSql, tables: readonly Table[]): Promise<() => Promise<void>> {
  const names = tables.map(({ name }) => quoted(name))
  for (const name of names) await tx.unsafe(`alter table ${name} disable trigger user`)
  const keys = await tx<{ owner: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as owner, quote_ident(conname) as name, pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_constraint join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = relnamespace
    where contype = 'f' and conparentid = 0 and nspname || '.' || relname = any (${tables.map(({ name }) => name)})`
  for (const { owner, name } of keys) await tx.unsafe(`alter table ${owner} drop constraint ${name}`)
  await tx.unsafe(`truncate ${names.join(', ')}`)
  return async () => {
    for (const { owner, name, definition } of keys)
      await tx.unsafe(`alter table ${owner} add constraint ${name} ${definition}`)
    for (const name of names) await tx.unsafe(`alter table ${name} enable trigger user`)
  }
}

/** Adds rows that `copyOut` told. */
export async function copyIn(tx: TransactionSql, { name, columns }: Table, rows: Uint8Array): Promise<void> {
  const sink = await tx`copy ${tx(name)} (${tx([...columns])}) from stdin`.writable()
  await pipeline(Readable.from([rows]), sink)
}

export async function setSequences(tx: TransactionSql, sequences: Manifest['sequences']): Promise<void> {
  for (const { name, last } of sequences) await tx`select setval(${name}::regclass, ${last}::bigint)`
}

const quoted = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
