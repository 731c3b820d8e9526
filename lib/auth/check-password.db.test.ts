import { performance } from 'node:perf_hooks'
import { beforeAll, expect, test } from 'vitest'
import { ensureAccount } from '#db/accounts/find-account.ts'
import { accounts } from '#db/accounts/schema.ts'
import { db, sql } from '#db/client.ts'
import { LIMITS } from '../domain/limits.ts'
import { checkPassword } from './check-password.ts'
import { hashPassword } from './password.ts'

const PASSWORD = 'correct horse battery staple'
const SAMPLES = 200

beforeAll(async () => {
  await ensureAccount('known@example.com', 'en')
  await db.update(accounts).set({ passwordHash: await hashPassword(PASSWORD), confirmedAt: new Date() })
})

const forget = () => sql`truncate rate_limits`

async function timeOf(email: string): Promise<number> {
  const began = performance.now()
  await checkPassword(email, 'a wrong password')
  return performance.now() - began
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** How often a known one took longer than an unknown one, of all pairs: 0.5 when nothing can be told. */
function tellable(known: readonly number[], unknown: readonly number[]): number {
  const longer = known.flatMap((a) => unknown.map((b) => (a > b ? 1 : a === b ? 0.5 : 0) as number))
  return longer.reduce((sum, one) => sum + one, 0) / longer.length
}

test('200 known and 200 unknown addresses cannot be told apart by time, nor by the answer', async () => {
  const [known, unknown]: [number[], number[]] = [[], []]
  // In turns, so that whatever else the machine does falls on both alike.
  for (let sample = 0; sample < SAMPLES; sample++) {
    if (sample % 4 === 0) await forget()
    const both: [number[], string][] = [
      [known, 'known@example.com'],
      [unknown, `nobody-${sample}@example.com`],
    ]
    for (const [times, email] of sample % 2 === 0 ? both : both.reverse()) times.push(await timeOf(email))
  }
  // With 200 of each, equal distributions stay within 0.5 ± 0.14 in all but one of a million runs.
  expect(Math.abs(tellable(known, unknown) - 0.5), `${median(known)} ms, ${median(unknown)} ms`).toBeLessThan(0.14)

  await forget()
  expect(await checkPassword('known@example.com', 'wrong')).toEqual(await checkPassword('nobody@example.com', 'wrong'))
}, 120_000)

test('five wrong guesses at once or one after another, then not even the right one; two windows make ten', async () => {
  await forget()
  const guesses = await Promise.all(Array.from({ length: 12 }, () => checkPassword('known@example.com', 'wrong')))
  const looked = guesses.filter((guess) => !guess.ok && guess.error.code === 'wrong')
  expect(looked).toHaveLength(LIMITS['sign-in'].times)
  expect(2 * LIMITS['sign-in'].times).toBeLessThanOrEqual(10)
  expect(LIMITS['sign-in'].seconds).toBeGreaterThanOrEqual(30 * 60)
  expect(await checkPassword('known@example.com', PASSWORD)).toMatchObject({
    ok: false,
    error: { code: 'limit_reached' },
  })
})

test('the right password begins the count anew', async () => {
  await forget()
  await ensureAccount('other@example.com', 'en')
  await db.update(accounts).set({ passwordHash: await hashPassword(PASSWORD), confirmedAt: new Date() })
  for (let round = 0; round < 3; round++) {
    for (let guess = 0; guess < 4; guess++) await checkPassword('other@example.com', 'wrong')
    expect((await checkPassword('other@example.com', PASSWORD)).ok).toBe(true)
  }
})
