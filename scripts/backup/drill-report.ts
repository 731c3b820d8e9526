import type { VerifiedBackup } from '#lib/backup/verify-backup.ts'
import type { Bought } from './buy-one-piece.ts'
import { megabytes } from './progress.ts'

type Rehearsed = {
  readonly file: string
  readonly verified: VerifiedBackup
  readonly bought: Bought | null
  readonly bytes: number
  readonly verifiedMs: number
  readonly totalMs: number
}
type Begun = { readonly startedAt: Date }
export type DrillReport =
  | (Begun & Rehearsed & { readonly failure: string | null })
  | (Begun & { readonly failure: string; readonly file: string | null })

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** The report of a drill, as Markdown. */
export function drillReport(report: DrillReport): string {
  const head = `# Drill of ${report.startedAt.toISOString()}\n\n${report.failure === null ? 'The backup brings the shop back.' : `**The drill failed:** ${report.failure}`}\n`
  if (!('verified' in report)) return `${head}\nBackup: ${report.file ?? 'none'}\n`
  const { verified, bought, bytes, file, verifiedMs, totalMs } = report
  const { contents, manifest } = verified
  const ageHours = (report.startedAt.getTime() - new Date(contents.takenAt).getTime()) / 3_600_000
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0)
  const facts: [string, string][] = [
    ['Backup', `${file}, ${megabytes(bytes)}, SHA-256 ${verified.sha256}`],
    ['Taken', `${contents.takenAt}, ${ageHours.toFixed(1)} h before`],
    ['By', contents.dumpedBy ?? 'COPY'],
    ['Rows', `${rows} of ${contents.tables.length} tables, every count as in the manifest`],
    [
      'Ledger',
      manifest.ledgerHead ? `sealed up to ${manifest.ledgerHead.position}:${manifest.ledgerHead.hash}` : 'no seal yet',
    ],
    ['Purchase', bought ? `${bought.sku} as ${bought.order}, ${bought.paidFen} fen paid and booked` : 'none'],
    ['Time', `verified ${seconds(verifiedMs)}, restored and asked ${seconds(totalMs)}`],
  ]
  return `${head}\n| | |\n|---|---|\n${facts.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}\n`
}
