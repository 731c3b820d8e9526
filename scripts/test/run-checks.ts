import { CHECKS } from './checks.ts'
import { addTallies, type Tally } from './tally.ts'

const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`

/** What could not be checked is neither well nor wrong. */
const mark = ({ passed, failed }: Tally): string => (failed > 0 ? '✗' : passed > 0 ? '✓' : '–')

/**
 * Runs the checks of the named groups (all when none is named) and goes on after a failure, so that one run shows
 * everything. Ends with `N passed, N failed`.
 * @returns the exit code: 0 when nothing failed.
 */
export async function runChecks(groups: readonly string[]): Promise<number> {
  const unknown = groups.filter((group) => !CHECKS.some((check) => check.group === group))
  if (unknown.length > 0) {
    console.error(
      `There is no group ${unknown.join(', ')}; take some of: ${[...new Set(CHECKS.map((c) => c.group))].join(', ')}.`,
    )
    return 2
  }
  const chosen = CHECKS.filter((check) => groups.length === 0 || groups.includes(check.group))
  const results: { name: string; tally: Tally; took: string }[] = []
  for (const { name, run } of chosen) {
    console.log(`\n── ${name}`)
    const started = performance.now()
    const tally = await run().catch((error: unknown): Tally => {
      console.error(error)
      return { passed: 0, failed: 1 }
    })
    results.push({ name, tally, took: seconds(started) })
  }
  console.log()
  for (const { name, tally, took } of results) {
    console.log(
      `${mark(tally)} ${name.padEnd(16)} ${String(tally.passed).padStart(5)} passed ${String(tally.failed).padStart(3)} failed  ${took}`,
    )
  }
  const { passed, failed } = addTallies(results.map(({ tally }) => tally))
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
