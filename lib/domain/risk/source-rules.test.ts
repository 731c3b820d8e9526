import { expect, test } from 'vitest'
import { isAbusive } from './source-rules.ts'

test.each([
  ['somebody who meets a limit and stops', 2, 1, false],
  ['an office where two doors are busy', 11, 2, false],
  ['a program that goes on for two minutes', 12, 1, true],
  ['a program that tries one door after the other', 3, 3, true],
])('%s', (_name, refusals, limits, abusive) => {
  expect(isAbusive({ source: '192.0.2.1', refusals, limits })).toBe(abusive)
})
