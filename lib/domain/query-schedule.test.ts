import fc from 'fast-check'
import { expect, test } from 'vitest'
import { knownBy, nextQueryAt, QUERY_MAY_TAKE_SECONDS } from './query-schedule.ts'

const START = new Date('2026-11-21T12:00:00Z')
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000)

test('asks after 5, 10, 30, 60, 120, 300, 600 s and a minute before the deadline, then no more', () => {
  const asked: number[] = []
  for (let at: Date | null = START; at; at = nextQueryAt(START, after(1800), at)) asked.push((+at - +START) / 1000)
  expect(asked).toEqual([0, 5, 10, 30, 60, 120, 300, 600, 1740])
})

test('an attempt that starts late is asked about before the deadline only', () => {
  expect(nextQueryAt(START, after(100), after(10))).toEqual(after(30))
  expect(nextQueryAt(START, after(100), after(30))).toEqual(after(40))
  expect(nextQueryAt(START, after(100), after(40))).toBeNull()
  expect(nextQueryAt(START, after(30), START)).toBeNull()
})

test('a worker that slept asks once, not for every time it missed', () => {
  expect(nextQueryAt(START, after(1800), after(290))).toEqual(after(300))
})

test('the next query always lies ahead and before the deadline', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7200 }), fc.integer({ min: 0, max: 7200 }), (window, now) => {
      const next = nextQueryAt(START, after(window), after(now))
      if (next) expect(+next > +after(now) && +next < +after(window)).toBe(true)
    }),
  )
})

const known: [paidAfter: number, knownAfter: number, because: string][] = [
  [0, 5 + 120, 'the first question is after five seconds'],
  [90, 120 + 120, 'asked after two minutes'],
  [120, 300 + 120, 'what comes while we ask is heard by the next question'],
  [601, 1740 + 120, 'the long gap: asked a minute before the deadline'],
  [1750, 1800 + 120, 'the expiry of the order asks'],
  [1801, 1801 + 600 + 120, 'what outlived its order is asked about every ten minutes'],
]
test.each(known)('money of %i s is known after %i s: %s', (paidAfter, knownAfter) => {
  expect(knownBy(START, after(1800), after(paidAfter))).toEqual(after(knownAfter))
})

test('with no notification the schedule itself keeps the bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 70, max: 7200 }), fc.integer({ min: 0, max: 7200 }), (window, paid) => {
      fc.pre(paid < window)
      const [deadline, paidAt] = [after(window), after(paid)]
      let asked: Date | null = START
      while (asked && asked <= paidAt) asked = nextQueryAt(START, deadline, asked)
      const heard = asked ?? deadline
      expect(+heard + QUERY_MAY_TAKE_SECONDS * 1000).toBe(+knownBy(START, deadline, paidAt))
    }),
  )
})
