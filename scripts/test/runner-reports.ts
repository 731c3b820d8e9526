import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Tally } from './tally.ts'

const Vitest = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int() })
const Playwright = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
})

function read<T>(file: string, report: z.ZodType<T>): T | null {
  return existsSync(file) ? report.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

/** A skipped test counts as failed: nothing that is broken may hide. */
export function vitestTally(file: string): Tally | null {
  const report = read(file, Vitest)
  return report && { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests }
}

/** A test that passes only at its second try counts as failed. */
export function playwrightTally(file: string): Tally | null {
  const stats = read(file, Playwright)?.stats
  return stats ? { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped } : null
}
