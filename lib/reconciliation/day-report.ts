import type { ListedDifference } from '#db/reconciliation/list-differences.ts'
import type { ReadBillDay } from '#db/reconciliation/read-bill-day.ts'
import { toFen, toYuan } from '../domain/money.ts'

const COLUMNS = ['line', 'number', 'order', 'finding', 'bill', 'ours', 'fee', 'state', 'next'] as const

/** A day and its differences as a table for people who read a terminal; amounts in yuan. */
export function writeDayReport(
  { provider, day }: { readonly provider: string; readonly day: string },
  read: ReadBillDay,
  differences: readonly ListedDifference[],
): string {
  return [
    `${provider} ${day}: ${stateOf(read)}`,
    `  payments ${read.payments} · ${toYuan(read.paidFen)}`,
    `  refunds  ${read.refunds} · ${toYuan(read.refundedFen)}`,
    `  fees     ${toYuan(read.feesFen)}`,
    ...(read.sha256 ? [`  file     ${read.bytes} bytes, SHA-256 ${read.sha256.toString('hex')}`] : []),
    ...(differences.length === 0
      ? ['No differences.']
      : ['', ...writeTable([[...COLUMNS], ...differences.map(toRow)])]),
  ].join('\n')
}

function stateOf({ state, fileId, problem, nextTryAt }: ReadBillDay): string {
  if (state === 'matched') return fileId ? 'matched' : 'matched, a day without trades'
  const next = nextTryAt ? `, next try ${nextTryAt.toISOString()}` : ''
  return `${state} (${problem ?? 'nobody has asked for it'})${next}`
}

const toRow = (difference: ListedDifference): string[] => [
  difference.line === null ? '' : String(difference.line),
  difference.subject,
  difference.orderNumber ?? '',
  difference.detail ? `${difference.finding}: ${difference.detail}` : difference.finding,
  yuan(difference.billedFen),
  yuan(difference.oursFen),
  yuan(difference.billedFeeFen),
  difference.state,
  difference.state === 'settled'
    ? `${difference.resolution} (${difference.settledBy})`
    : [difference.proposal, difference.note].filter((text) => text !== null).join(' · '),
]

const yuan = (amount: bigint | null): string => (amount === null ? '' : toYuan(toFen(amount)))

function writeTable(rows: readonly (readonly string[])[]): string[] {
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
