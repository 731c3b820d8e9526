import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Month } from '../domain/archive-month.ts'
import { listMonths } from './archive-folder.ts'
import {
  ARCHIVED_TABLES,
  type ArchivedTable,
  INDEX,
  jsonlName,
  type Personal,
  personalName,
  type Row,
} from './archive-format.ts'
import { readGzipLines } from './gzip-file.ts'

export type FoundRow = Row & { readonly month: Month; readonly table: ArchivedTable; readonly told: Personal | null }

/** Everything that the archive has about an order, by the index of each month: no database is needed. */
export async function* searchArchive(folder: string, order: string): AsyncGenerator<FoundRow> {
  for (const month of listMonths(folder)) {
    const rows = await rowsOf(join(folder, month), order)
    for (const table of ARCHIVED_TABLES) {
      const wanted = rows.get(table)
      if (!wanted) continue
      const told = await personalOf(join(folder, month, personalName(table)), wanted)
      for await (const { value, n } of linesAt(join(folder, month, jsonlName(table)), wanted))
        yield { ...(JSON.parse(value) as Row), month, table, told: told.get(n) ?? null }
    }
  }
}

async function rowsOf(folder: string, order: string): Promise<Map<string, Set<number>>> {
  const rows = new Map<string, Set<number>>()
  for await (const line of readGzipLines(join(folder, INDEX)).lines) {
    if (!line.startsWith(`${order}\t`)) continue
    const [, table = '', n] = line.split('\t')
    rows.set(table, (rows.get(table) ?? new Set()).add(Number(n)))
  }
  return rows
}

async function* linesAt(path: string, wanted: ReadonlySet<number>): AsyncGenerator<{ value: string; n: number }> {
  const last = Math.max(...wanted)
  let n = 0
  for await (const value of readGzipLines(path).lines) {
    n += 1
    if (wanted.has(n)) yield { value, n }
    if (n === last) return
  }
}

async function personalOf(path: string, wanted: ReadonlySet<number>): Promise<Map<number, Personal>> {
  const found = new Map<number, Personal>()
  if (!existsSync(path)) return found
  for await (const line of readGzipLines(path).lines) {
    const { n, personal } = JSON.parse(line) as { n: number; personal: Personal }
    if (wanted.has(n)) found.set(n, personal)
  }
  return found
}
