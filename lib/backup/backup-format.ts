import { z } from 'zod'

/** The first part of a backup says what follows, the last what there must have been. */
export const CONTENTS_PART = 'contents.json'
export const MANIFEST_PART = 'manifest.json'
export const FORMAT = 'comptoir-backup'

const count = z.int().min(0)
const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const TableName = z.string().regex(/^(?:public|pgboss)\.[a-z_][a-z0-9_]{0,62}$/)
const ColumnName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

/**
 * `copy`: the rows of each table as PostgreSQL's COPY text, beside the migrations that made the tables. `pg_dump`: what
 * that program wrote in its custom format, which brings the tables along.
 */
const BACKUP_WAYS = ['copy', 'pg_dump'] as const
export type BackupWay = (typeof BACKUP_WAYS)[number]

export const Contents = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  way: z.enum(BACKUP_WAYS),
  /** The instant of the snapshot: what was committed before is in it. */
  takenAt: z.iso.datetime(),
  database: z.string(),
  /** PostgreSQL's number of its version, 150004 for 15.4. */
  serverVersion: z.int(),
  /** The version of `pg_dump`; null for `copy`. */
  dumpedBy: z.string().nullable(),
  /** The hashes of the migrations that the tables had seen, in their order. */
  migrations: z.array(Hash),
  /** The version of the queue's own tables. */
  queueVersion: z.int(),
  tables: z.array(z.strictObject({ name: TableName, columns: z.array(ColumnName) })),
})
export type Contents = z.output<typeof Contents>

export const Manifest = z.strictObject({
  parts: z.array(z.strictObject({ name: z.string(), sha256: Hash, bytes: count })),
  rows: z.record(TableName, count),
  sequences: z.array(z.strictObject({ name: TableName, last: z.string().regex(/^\d+$/) })),
  /** Where the chain of the ledger's seals ended; null before the first. */
  ledgerHead: z.strictObject({ position: z.string(), hash: Hash }).nullable(),
})
export type Manifest = z.output<typeof Manifest>

/** `public.orders/000003.copy.gz`, or `pg_dump/000003.dump.gz`. */
export const rowsPart = (table: string, index: number) => `${table}/${String(index).padStart(6, '0')}.copy.gz`
export const dumpPart = (index: number) => `pg_dump/${String(index).padStart(6, '0')}.dump.gz`

/** Which table a part belongs to; null for the other parts. */
export const tableOfPart = (part: string): string | null => /^(.+)\/\d{6}\.copy\.gz$/.exec(part)?.[1] ?? null
