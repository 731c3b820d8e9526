import { expect, test } from 'vitest'
import { maskEmail, parseEmail } from './email.ts'

test.each([
  ['li@example.com', 'li@example.com'],
  ['  Li.Wei+shop@Example.COM ', 'li.wei+shop@example.com'],
  ["o'neill@sub.example.co.uk", "o'neill@sub.example.co.uk"],
])('%j is %s', (typed, email) => {
  expect(parseEmail(typed)).toBe(email)
})

test.each([
  '',
  'li',
  'li@localhost',
  'li@@example.com',
  'li@example.com@evil.example',
  'li＠example.com',
  'lі@example.com',
  'li@exаmple.com',
  '.li@example.com',
  'li.@example.com',
  'l..i@example.com',
  'li@-example.com',
  'li@example.c',
  'li @example.com',
  'li@example.com\r\nbcc: a@b.co',
  `${'a'.repeat(65)}@example.com`,
  `li@${'a'.repeat(64)}.com`,
  '<li@example.com>',
  '\u212A@example.com',
])('%j is none', (typed) => {
  expect(parseEmail(typed)).toBeNull()
})

test('a masked address tells its first letter and its host alone', () => {
  expect(maskEmail('lin.wei@example.com')).toBe('l…@example.com')
  expect(maskEmail('l@example.com')).toBe('l…@example.com')
})
