import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isMonth } from '../domain/archive-month.ts'

export const FORMAT = 'comptoir-archive'
export const MANIFEST = 'month.json'
export const SIGNATURE = 'month.json.sig'
/** The number of an order, a table and a row on each line: how one order is found among a million rows. */
export const INDEX = 'index.tsv.gz'

/** What is archived, and the columns of each beside the row's number, its order and its seal on personal fields. */
export const ARCHIVED = {
  payment_messages: [
    'id',
    'provider',
    'source',
    'verdict',
    'reason',
    'kind',
    'event_id',
    'out_trade_no',
    'nonce',
    'received_at',
  ],
  payment_events: [
    ...['id', 'provider', 'event_id', 'out_trade_no', 'source', 'outcome', 'provider_trade_no', 'amount_fen'],
    ...['currency', 'occurred_at', 'recorded_at'],
  ],
  ledger: [
    ...['id', 'journal_id', 'kind', 'payment_event_id', 'reference', 'account', 'provider', 'amount_fen', 'currency'],
    'booked_at',
  ],
  order_events: ['id', 'axis', 'about', 'event', 'from_state', 'to_state', 'actor', 'at'],
  audit_log: ['id', 'at', 'actor', 'action', 'about_kind', 'about_id'],
} as const
export type ArchivedTable = keyof typeof ARCHIVED
export const ARCHIVED_TABLES = Object.keys(ARCHIVED) as ArchivedTable[]

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Month = z.string().refine(isMonth)
const File = z.strictObject({ name: z.string(), sha256: Hash, bytes: z.int().min(0) })

export const MonthManifest = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  month: Month,
  exportedAt: z.iso.datetime(),
  /** The hash of the month before, so that none can be left out or exchanged; null for the first of all. */
  previous: z.strictObject({ month: Month, sha256: Hash }).nullable(),
  tables: z.array(
    z.strictObject({ name: z.enum(ARCHIVED_TABLES), rows: z.int().min(0), chain: Hash, jsonl: File, csv: File }),
  ),
  index: File,
  /** What each account moved in this month, in fen: what the rows of the ledger must add up to. */
  sums: z.record(z.string(), z.string().regex(/^-?\d+$/)),
})
export type MonthManifest = z.output<typeof MonthManifest>

/** What can be told about anybody, apart from the rest: it may be erased, what commits to it stays. */
export type Personal = Readonly<Record<string, unknown>>
export type Row = {
  readonly n: number
  readonly order: string | null
  readonly fields: Readonly<Record<string, string | null>>
  /** SHA-256 of the salt and the personal fields, which stand in a file of their own; null for a row without any. */
  readonly personal: string | null
}

export const jsonlName = (table: ArchivedTable) => `${table}.jsonl.gz`
export const csvName = (table: ArchivedTable) => `${table}.csv.gz`
export const personalName = (table: ArchivedTable) => `${table}.personal.jsonl.gz`

/** What a chain of rows begins with. */
export const chainStart = (month: string, table: string): string => sha256(`${FORMAT} ${month} ${table}`)
/** A row's place in the chain: it follows from all rows before it. */
export const chainNext = (previous: string, row: Row): string => sha256(previous + JSON.stringify(row))
export const commitment = (salt: string, personal: Personal): string => sha256(salt + JSON.stringify(personal))

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Row and chain as one line of JSONL. */
export const rowLine = (row: Row, hash: string): string => `${JSON.stringify({ ...row, hash })}\n`

export const csvHead = (table: ArchivedTable): string => `n,order,${ARCHIVED[table].join(',')},personal\n`
export const csvLine = (table: ArchivedTable, { n, order, fields, personal }: Row): string =>
  `${[String(n), order, ...ARCHIVED[table].map((column) => fields[column] ?? null), personal].map(csvCell).join(',')}\n`

/** Quoted where it must be; what a spreadsheet would take for a formula begins with an apostrophe. */
function csvCell(value: string | null): string {
  if (value === null) return ''
  const harmless = /^[=+\-@\t\r\0]/.test(value) && !/^-?\d+$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
