import { expect, test } from 'vitest'
import { isDoubtful, isReachable, isResting, type ProviderCall } from './provider-circuit.ts'

const NOW = new Date('2026-11-21T04:00:00Z')
const call = (ago: number, over: Partial<ProviderCall> = {}): ProviderCall => ({
  ...{
    at: new Date(NOW.getTime() - ago * 1_000),
    answered: true,
    tookMs: 80,
    scene: null,
    order: null,
    refused: false,
  },
  ...over,
})
const calls = (...answers: [secondsAgo: number, answered: boolean][]) =>
  answers.map(([ago, answered]) => call(ago, { answered }))

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

test.each<[name: string, calls: ProviderCall[], doubtful: boolean]>([
  ['all is well', calls([1, true], [2, true], [3, true]), false],
  ['one without an answer', calls([1, false], [2, true], [3, true]), false],
  ['two of six without an answer', calls([1, false], [2, true], [3, false], [4, true], [5, true], [6, true]), true],
  ['two slow ones', [call(1, { tookMs: 5_000 }), call(2), call(3, { tookMs: 9_000 })], true],
  ['two, long ago', calls([121, false], [122, false]), false],
])('doubtful: %s', (_name, given, doubtful) => {
  expect(isDoubtful(given, NOW)).toBe(doubtful)
})

const begun = (ago: number, order: string, over: Partial<ProviderCall>) => call(ago, { scene: 'h5', order, ...over })
const no = { refused: true }
const nothing = { answered: false }
test.each<[name: string, calls: ProviderCall[], resting: boolean]>([
  ['three orders refused', [begun(1, 'a', no), begun(9, 'b', no), begun(99, 'c', no)], true],
  ['two orders refused', [begun(1, 'a', no), begun(9, 'b', no)], false],
  ['one order refused three times', [begun(1, 'a', no), begun(2, 'a', no), begun(3, 'a', no)], false],
  [
    'three without an answer, though queries have one',
    [call(1), begun(2, 'a', nothing), begun(3, 'a', nothing), begun(4, 'b', nothing)],
    true,
  ],
  ['one went through', [begun(1, 'a', no), begun(2, 'b', {}), begun(3, 'c', no)], false],
  ['a minute ago: the next shopper tries', [begun(61, 'a', no), begun(70, 'b', no), begun(80, 'c', no)], false],
  ['that try failed as well', [begun(1, 'd', no), begun(61, 'a', no), begun(70, 'b', no)], true],
  ['another way', [begun(1, 'a', no), begun(9, 'b', no), call(10, { scene: 'qr', order: 'c', refused: true })], false],
])('resting: %s', (_name, given, resting) => {
  expect(isResting(given, 'h5', NOW)).toBe(resting)
})
