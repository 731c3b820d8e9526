import { expect, test } from 'vitest'
import { isLive, isSteppedUp, type SessionTimes, staffStanding } from './session-rules.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const DAY = 24 * 60

const session = (times: Partial<SessionTimes>): SessionTimes => ({
  createdAt: minutesAgo(1),
  seenAt: minutesAgo(1),
  expiresAt: new Date(NOW.getTime() + 60_000),
  revokedAt: null,
  secondFactorAt: null,
  steppedUpAt: null,
  ...times,
})

test.each<[string, Partial<SessionTimes>, boolean]>([
  ['fresh', {}, true],
  ['revoked', { revokedAt: minutesAgo(0) }, false],
  ['at its end', { expiresAt: NOW }, false],
  ['unused for almost two weeks', { seenAt: minutesAgo(14 * DAY - 1) }, true],
  ['unused for two weeks', { seenAt: minutesAgo(14 * DAY) }, false],
])('a session that is %s', (_name, times, live) => {
  expect(isLive(session(times), NOW)).toBe(live)
})

test.each<[string, Partial<SessionTimes>, ReturnType<typeof staffStanding>]>([
  ['signed in just now', {}, 'needs_code'],
  ['without a code for ten minutes', { createdAt: minutesAgo(10) }, 'lapsed'],
  ['with a code', { secondFactorAt: minutesAgo(1) }, 'open'],
  ['idle for 29 minutes', { secondFactorAt: minutesAgo(60), seenAt: minutesAgo(29) }, 'open'],
  ['idle for 30 minutes', { secondFactorAt: minutesAgo(60), seenAt: minutesAgo(30) }, 'lapsed'],
  ['busy for almost 8 hours', { secondFactorAt: minutesAgo(8 * 60 - 1) }, 'open'],
  ['busy for 8 hours', { secondFactorAt: minutesAgo(8 * 60) }, 'lapsed'],
])('staff %s', (_name, times, standing) => {
  expect(staffStanding(session({ createdAt: minutesAgo(1), ...times }), NOW)).toBe(standing)
})

test.each<[number | null, boolean]>([
  [null, false],
  [4, true],
  [5, false],
])('a code given %s minutes ago', (minutes, counts) => {
  expect(isSteppedUp(session({ steppedUpAt: minutes === null ? null : minutesAgo(minutes) }), NOW)).toBe(counts)
})
