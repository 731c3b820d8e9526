import { expect, test } from 'vitest'
import { isReachable } from './provider-circuit.ts'

const NOW = new Date('2026-11-21T04:00:00Z')
const calls = (...answers: [secondsAgo: number, answered: boolean][]) =>
  answers.map(([ago, answered]) => ({ at: new Date(NOW.getTime() - ago * 1_000), answered }))

const table: [name: string, calls: ReturnType<typeof calls>, reachable: boolean][] = [
  ['no call yet', [], true],
  ['two without an answer', calls([1, false], [2, false]), true],
  ['three without an answer', calls([1, false], [2, false], [3, false]), false],
  ['one answer among the last three', calls([1, false], [2, true], [3, false], [4, false]), true],
  ['back with the first answer', calls([1, true], [2, false], [3, false], [4, false]), true],
  ['three, one of them too old to count', calls([1, false], [60, false], [121, false]), true],
  ['kept away by probes', calls([5, false], [25, false], [45, false], [200, true]), false],
]
test.each(table)('%s', (_name, given, reachable) => {
  expect(isReachable(given, NOW)).toBe(reachable)
})
