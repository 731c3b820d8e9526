import { expect, test } from 'vitest'
import { newTotpSecret, totpAddress, totpCode, totpStep } from './totp.ts'

/** RFC 6238, appendix B: the secret `12345678901234567890`, the last six of its eight digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const table: [seconds: number, code: string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
]

test.each(table)('at %i s the code is %s', (seconds, code) => {
  const now = new Date(seconds * 1000)
  expect(totpCode(SECRET, now)).toBe(code)
  expect(totpStep(SECRET, code, now)).toBe(Math.floor(seconds / 30))
})

test('a code is good for the step before and after, and its step is told', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const step = now.getTime() / 30_000
  for (const beside of [-1, 0, 1]) {
    const code = totpCode(SECRET, new Date(now.getTime() + beside * 30_000))
    expect(totpStep(SECRET, code, now)).toBe(step + beside)
  }
  expect(totpStep(SECRET, totpCode(SECRET, new Date(now.getTime() + 60_000)), now)).toBeNull()
})

test.each(['', '12345', '1234567', 'abcdef', ' 28708', '２８７０８２'])('%j is no code', (code) => {
  expect(totpStep(SECRET, code, new Date(59_000))).toBeNull()
})

test('secrets differ and fit an address', () => {
  const secret = newTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(newTotpSecret()).not.toBe(secret)
  expect(totpAddress(secret, 'li@example.com')).toContain(`secret=${secret}`)
})
