/** What a runner counted. A run that could not start counts as one failure, never as nothing. */
export type Tally = { readonly passed: number; readonly failed: number }

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
  failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
})

/** A command that is one check: it holds or it does not. */
export const oneCheck = (held: boolean): Tally => (held ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

/**
 * A runner's own counts, made honest: no test at all, or a bad exit without a failed test (a file that does not load,
 * a server that does not start), is a failure.
 */
export function runnerTally(counts: Tally | null, exitCode: number): Tally {
  if (!counts || counts.passed + counts.failed === 0) return { passed: 0, failed: 1 }
  return exitCode !== 0 && counts.failed === 0 ? { passed: counts.passed, failed: 1 } : counts
}
