import { expect, test } from 'vitest'
import { addTallies, runnerTally, type Tally } from './tally.ts'

const table: [name: string, counts: Tally | null, exitCode: number, expected: Tally][] = [
  ['all passed', { passed: 3, failed: 0 }, 0, { passed: 3, failed: 0 }],
  ['some failed', { passed: 3, failed: 2 }, 1, { passed: 3, failed: 2 }],
  ['the runner wrote no report', null, 1, { passed: 0, failed: 1 }],
  ['no test was found', { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
  ['a file did not load', { passed: 3, failed: 0 }, 1, { passed: 3, failed: 1 }],
]

test.each(table)('%s', (_name, counts, exitCode, expected) => {
  expect(runnerTally(counts, exitCode)).toEqual(expected)
})

test('tallies are summed over all runners', () => {
  expect(
    addTallies([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 4 },
    ]),
  ).toEqual({ passed: 4, failed: 6 })
})
