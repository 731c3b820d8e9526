import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Month, monthAfter, oldestKept } from '../domain/archive-month.ts'
import { listMonths } from './archive-folder.ts'
import {
  chainNext,
  chainStart,
  commitment,
  csvHead,
  csvLine,
  MANIFEST,
  MonthManifest,
  type Personal,
  personalName,
  type Row,
  rowLine,
  SIGNATURE,
  sha256,
} from './archive-format.ts'
import { addUp } from './export-month.ts'
import { readGzipLines } from './gzip-file.ts'
import { type PersonalNote, readPersonalNote } from './personal-note.ts'
import { isSigned } from './signing.ts'
import { WrongArchive } from './wrong-archive.ts'

type Options = {
  readonly keys: readonly KeyObject[]
  readonly now: Date
  readonly keepYears: number
  readonly onProgress?: (file: string, rows: number) => void
}
export type ProvenArchive = { readonly months: readonly Month[]; readonly rows: number; readonly erased: number }

/**
 * Proves that every month is there, signed and chained to the one before, and every row as it was written.
 * @throws {WrongArchive} that names the first wrong file and row.
 */
export async function verifyArchive(folder: string, options: Options): Promise<ProvenArchive> {
  const months = listMonths(folder)
  let rows = 0
  let erased = 0
  let before: { month: Month; sha256: string } | null = null
  for (const month of months) {
    const { manifest, hash } = readManifest(folder, month, options.keys)
    checkLink(manifest, before, options)
    const found = await verifyMonth(join(folder, month), manifest, options)
    rows += found.rows
    erased += found.erased
    before = { month, sha256: hash }
  }
  return { months, rows, erased }
}

/** A month's manifest, once its signature is proven. */
export function readManifest(folder: string, month: Month, keys: readonly KeyObject[]) {
  const path = join(folder, month, MANIFEST)
  const signaturePath = join(folder, month, SIGNATURE)
  for (const file of [path, signaturePath]) if (!existsSync(file)) throw new WrongArchive(file, null, 'it is missing')
  const bytes = readFileSync(path)
  if (!isSigned(bytes, readFileSync(signaturePath, 'utf8').replace(/\n$/, ''), keys))
    throw new WrongArchive(path, null, 'its signature is not one of the keys at hand')
  const manifest = MonthManifest.parse(JSON.parse(bytes.toString('utf8')))
  if (manifest.month !== month) throw new WrongArchive(path, null, `it is of ${manifest.month}`)
  return { manifest, hash: sha256(bytes) }
}

/** What stands before the first month may only be missing where the time to keep it is over. */
function checkLink(
  { month, previous }: MonthManifest,
  before: MonthManifest['previous'],
  { now, keepYears }: Options,
): void {
  if (before === null) {
    if (previous === null || previous.month < oldestKept(now, keepYears)) return
    throw new WrongArchive(month, null, `the month before it, ${previous.month}, is missing`)
  }
  if (monthAfter(before.month) !== month) throw new WrongArchive(monthAfter(before.month), null, 'the month is missing')
  if (previous?.sha256 !== before.sha256)
    throw new WrongArchive(month, null, `it does not follow the ${before.month} that is here`)
}

async function verifyMonth(folder: string, manifest: MonthManifest, { keys, onProgress }: Options) {
  const note = readPersonalNote(folder, keys)
  let rows = 0
  let erased = 0
  const sums = new Map<string, bigint>()
  for (const table of manifest.tables) {
    erased += await verifyTable(folder, manifest.month, { table, sums, note, onProgress })
    rows += table.rows
  }
  const told = Object.fromEntries([...sums].map(([account, sum]) => [account, sum.toString()]))
  for (const account of new Set([...Object.keys(told), ...Object.keys(manifest.sums)]))
    if (told[account] !== manifest.sums[account])
      throw new WrongArchive(join(folder, MANIFEST), null, `${account} does not add up`)
  await verifyIndex(folder, manifest)
  if (erased !== note.erased.reduce((sum, each) => sum + each.rows, 0))
    throw new WrongArchive(folder, null, `the personal fields of ${erased} rows are missing, more than were erased`)
  return { rows, erased }
}

type Table = MonthManifest['tables'][number]
type TableCheck = {
  readonly table: Table
  readonly sums: Map<string, bigint>
  readonly note: PersonalNote
  readonly onProgress: Options['onProgress']
}

/** Reads rows, CSV and personal fields side by side, each row against what it must be. @returns how many are erased. */
async function verifyTable(
  folder: string,
  month: Month,
  { table, sums, note, onProgress }: TableCheck,
): Promise<number> {
  const paths = { jsonl: join(folder, table.jsonl.name), csv: join(folder, table.csv.name) }
  for (const path of Object.values(paths)) if (!existsSync(path)) throw new WrongArchive(path, null, 'it is missing')
  const jsonl = readGzipLines(paths.jsonl)
  const csv = readGzipLines(paths.csv)
  const personal = personalReader(join(folder, personalName(table.name)), note.files[personalName(table.name)]?.sha256)
  if ((await csv.lines.next()).value !== csvHead(table.name).trimEnd())
    throw new WrongArchive(paths.csv, 1, 'its head is wrong')
  let chain = chainStart(month, table.name)
  let n = 0
  let erased = 0
  for await (const line of jsonl.lines) {
    n += 1
    const row = readRow(line)
    if (row) chain = chainNext(chain, row)
    if (!row || row.n !== n || rowLine(row, chain) !== `${line}\n`)
      throw new WrongArchive(paths.jsonl, n, 'it is not the row that was written')
    await compareCsv(csv.lines, csvLine(table.name, row), { path: paths.csv, n })
    if (table.name === 'ledger') addUp(sums, row)
    if (row.personal && !(await personal.proves(row))) erased += 1
    if (n % 10_000 === 0) onProgress?.(paths.jsonl, n)
  }
  if (jsonl.broken()) throw new WrongArchive(paths.jsonl, n + 1, `it cannot be unpacked (${jsonl.broken()})`)
  if (n !== table.rows || chain !== table.chain)
    throw new WrongArchive(paths.jsonl, n + 1, `there are ${n} rows, not ${table.rows}`)
  if (jsonl.sha256() !== table.jsonl.sha256)
    throw new WrongArchive(paths.jsonl, null, 'its bytes were changed, though no row was')
  if (!(await csv.lines.next()).done) throw new WrongArchive(paths.csv, n + 2, 'it stands behind the last row')
  if (csv.broken()) throw new WrongArchive(paths.csv, n + 2, `it cannot be unpacked (${csv.broken()})`)
  if (csv.sha256() !== table.csv.sha256)
    throw new WrongArchive(paths.csv, null, 'its bytes were changed, though no row was')
  await personal.end()
  return erased
}

function readRow(line: string): Row | null {
  try {
    const { n, order, fields, personal } = JSON.parse(line) as Row
    return { n, order, fields, personal }
  } catch {
    return null
  }
}

/** A row of a CSV file can have several lines. The head is row 1. */
async function compareCsv(
  lines: AsyncGenerator<string>,
  expected: string,
  { path, n }: { path: string; n: number },
): Promise<void> {
  for (const line of expected.slice(0, -1).split('\n'))
    if ((await lines.next()).value !== line) throw new WrongArchive(path, n + 1, 'it is not the row that was written')
}

const PersonalLine = (line: string) => JSON.parse(line) as { n: number; salt: string; personal: Personal }

/** Holds each line of personal fields against what its row commits to; a line that is not there was erased. */
function personalReader(path: string, sha256: string | undefined) {
  if (!existsSync(path)) throw new WrongArchive(path, null, 'it is missing')
  const file = readGzipLines(path)
  let next: ReturnType<typeof PersonalLine> | null = null
  let ended = false
  async function advance() {
    if (next || ended) return
    const { value, done } = await file.lines.next()
    if (done) ended = true
    else next = parseOr(() => PersonalLine(value), path)
  }
  return {
    proves: async (row: Row): Promise<boolean> => {
      await advance()
      if (file.broken())
        throw new WrongArchive(path, null, `it cannot be unpacked from row ${row.n} on (${file.broken()})`)
      if (next?.n !== row.n) return false
      if (commitment(next.salt, next.personal) !== row.personal)
        throw new WrongArchive(path, row.n, 'its personal fields are not those that were written')
      next = null
      return true
    },
    end: async () => {
      await advance()
      if (file.broken()) throw new WrongArchive(path, null, `it cannot be unpacked (${file.broken()})`)
      if (next) throw new WrongArchive(path, next.n, 'it belongs to no row')
      if (file.sha256() !== sha256) throw new WrongArchive(path, null, 'its bytes were changed, though no row was')
    },
  }
}

function parseOr<T>(parse: () => T, path: string): T {
  try {
    return parse()
  } catch {
    throw new WrongArchive(path, null, 'a line of it cannot be read')
  }
}

async function verifyIndex(folder: string, { index }: MonthManifest): Promise<void> {
  const path = join(folder, index.name)
  if (!existsSync(path)) throw new WrongArchive(path, null, 'it is missing')
  const file = readGzipLines(path)
  let n = 0
  for await (const line of file.lines) {
    n += 1
    if (line.split('\t').length !== 3) throw new WrongArchive(path, n, 'it is not the row that was written')
  }
  if (file.broken()) throw new WrongArchive(path, n + 1, `it cannot be unpacked (${file.broken()})`)
  if (file.sha256() !== index.sha256) throw new WrongArchive(path, null, 'its bytes were changed')
}
