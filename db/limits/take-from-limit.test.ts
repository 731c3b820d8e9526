import { expect, test } from 'vitest'
import { LIMITS } from '#lib/domain/limits.ts'
import { sql } from '../client.ts'
import { clearLimit, takeFromLimit } from './take-from-limit.ts'

const { times, seconds } = LIMITS['sign-in']

test('a limit is exact, however many come at once, and says when to come back', async () => {
  const tries = await Promise.all(Array.from({ length: 60 }, () => takeFromLimit('sign-in', 'li@example.com')))
  expect(tries.filter(({ ok }) => ok)).toHaveLength(times)
  for (const taken of tries)
    if (!taken.ok) {
      expect(taken.error.retryAfterS).toBeGreaterThan(seconds - 60)
      expect(taken.error.retryAfterS).toBeLessThanOrEqual(seconds)
    }
})

test('others are not held up, and who has shown that they may begins anew', async () => {
  for (let n = 0; n < times; n++) await takeFromLimit('sign-in', 'busy@example.com')
  expect((await takeFromLimit('sign-in', 'other@example.com')).ok).toBe(true)
  expect((await takeFromLimit('second-factor', 'busy@example.com')).ok).toBe(true)
  await clearLimit('sign-in', 'busy@example.com')
  expect((await takeFromLimit('sign-in', 'busy@example.com')).ok).toBe(true)
})

test('nobody’s name stands in the table', async () => {
  await takeFromLimit('sign-in', 'secret@example.com')
  const rows = await sql`select key from rate_limits`
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain('example')
})
