import { type KeyObject, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TransactionSql } from 'postgres'
import { readMonth, type StoredRow } from '#db/archive/read-month.ts'
import { type Month, monthAfter, startOfMonth } from '../domain/archive-month.ts'
import {
  ARCHIVED_TABLES,
  type ArchivedTable,
  chainNext,
  chainStart,
  commitment,
  csvHead,
  csvLine,
  csvName,
  FORMAT,
  INDEX,
  jsonlName,
  MANIFEST,
  type MonthManifest,
  personalName,
  type Row,
  rowLine,
  SIGNATURE,
  sha256,
} from './archive-format.ts'
import { type GzipSink, writeGzip } from './gzip-file.ts'
import { type PersonalNote, writePersonalNote } from './personal-note.ts'
import { signBytes } from './signing.ts'

type Export = {
  readonly folder: string
  readonly month: Month
  readonly previous: MonthManifest['previous']
  readonly key: KeyObject
  readonly now: Date
  readonly onProgress: (table: string, rows: number) => void
}

/**
 * Writes a closed month in constant memory. It gets its name last, so that a month is whole or not there; what a full disk
 * or a failing source leaves is removed.
 * @returns the hash that the next month follows, and how many rows it has.
 */
export async function exportMonth(tx: TransactionSql, order: Export): Promise<{ sha256: string; rows: number }> {
  const unfinished = join(order.folder, `${order.month}.unfinished`)
  try {
    return await writeMonth(tx, order, unfinished)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
}

async function writeMonth(
  tx: TransactionSql,
  order: Export,
  unfinished: string,
): Promise<{ sha256: string; rows: number }> {
  const { folder, month, previous, key, now } = order
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const index = writeGzip(join(unfinished, INDEX))
  const sums = new Map<string, bigint>()
  const tables: MonthManifest['tables'] = []
  const apart: PersonalNote['files'] = {}
  for (const table of ARCHIVED_TABLES)
    tables.push(await exportTable(tx, { ...order, table, into: unfinished, index, sums, apart }))
  const manifest: MonthManifest = {
    format: FORMAT,
    version: 1,
    month,
    exportedAt: now.toISOString(),
    previous,
    tables,
    index: { name: INDEX, ...(await index.close()) },
    sums: Object.fromEntries([...sums].map(([account, sum]) => [account, sum.toString()])),
  }
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  writeFileSync(join(unfinished, MANIFEST), bytes, { flush: true })
  writePersonalNote(unfinished, { month, files: apart, erased: [] }, key)
  writeFileSync(join(unfinished, SIGNATURE), `${signBytes(bytes, key)}\n`, { flush: true })
  renameSync(unfinished, join(folder, month))
  return {
    sha256: sha256(readFileSync(join(folder, month, MANIFEST))),
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
  }
}

type TableExport = Export & {
  readonly table: ArchivedTable
  readonly into: string
  readonly index: GzipSink
  readonly sums: Map<string, bigint>
  readonly apart: PersonalNote['files']
}

async function exportTable(tx: TransactionSql, order: TableExport): Promise<MonthManifest['tables'][number]> {
  const { table, month, into, index, sums, apart, onProgress } = order
  const [jsonl, csv, personal] = [jsonlName(table), csvName(table), personalName(table)].map((name) =>
    writeGzip(join(into, name)),
  ) as [GzipSink, GzipSink, GzipSink]
  let chain = chainStart(month, table)
  let n = 0
  let told = 0
  await csv.write(csvHead(table))
  for await (const batch of readMonth(tx, table, { from: startOfMonth(month), to: startOfMonth(monthAfter(month)) })) {
    const lines = { jsonl: '', csv: '', personal: '', index: '' }
    for (const stored of batch) {
      n += 1
      const { row, line } = setApart(stored, n)
      chain = chainNext(chain, row)
      lines.jsonl += rowLine(row, chain)
      lines.csv += csvLine(table, row)
      lines.personal += line
      if (row.personal) told += 1
      if (row.order) lines.index += `${row.order}\t${table}\t${n}\n`
      if (table === 'ledger') addUp(sums, row)
    }
    await Promise.all([
      jsonl.write(lines.jsonl),
      csv.write(lines.csv),
      personal.write(lines.personal),
      index.write(lines.index),
    ])
    onProgress(table, n)
  }
  apart[personalName(table)] = { ...(await personal.close()), rows: told }
  return {
    name: table,
    rows: n,
    chain,
    jsonl: { name: jsonlName(table), ...(await jsonl.close()) },
    csv: { name: csvName(table), ...(await csv.close()) },
  }
}

/** What tells of a person goes into a line of its own; the row only commits to it, with a salt that goes along. */
function setApart({ order, fields, personal }: StoredRow, n: number): { row: Row; line: string } {
  if (personal === null) return { row: { n, order, fields, personal }, line: '' }
  const salt = randomBytes(16).toString('hex')
  return {
    row: { n, order, fields, personal: commitment(salt, personal) },
    line: `${JSON.stringify({ n, order, salt, personal })}\n`,
  }
}

export function addUp(sums: Map<string, bigint>, { fields }: Row): void {
  const account = `${fields['account']} ${fields['provider']} ${fields['currency']}`
  sums.set(account, (sums.get(account) ?? 0n) + BigInt(fields['amount_fen'] ?? '0'))
}
