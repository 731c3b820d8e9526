import passwords from '@zxcvbn-ts/language-common/src/passwords.json' with { type: 'json' }
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PASSWORD_AT_LEAST, type PasswordProblem, passwordProblem } from './password-rules.ts'

const common = new Set(passwords)
const isCommon = (password: string) => common.has(password)
const ABOUT = ['li.wei@example.com', 'Li Weiming']
const table: [password: string, problem: PasswordProblem | null][] = [
  ['elevenchars', 'too_short'],
  ['twelve chars', null],
  ['correct horse battery staple', null],
  ['青花瓷碗一对两只共四百八十', null],
  ['😀😀😀😀😀😀', 'too_short'],
  ['x'.repeat(129), 'too_long'],
  ['password1234', 'too_common'],
  ['P@ssw0rd2026!', 'too_common'],
  ['!!comptoir2026', 'too_common'],
  ['123456789012', 'too_common'],
  ['qwertyuiopasdf', 'too_common'],
  ['poiuytrewqlkj', null],
  ['zyxwvutsrqpon', 'too_common'],
  ['aaaaaaaaaaaaa', 'too_common'],
  ['abcabcabcabcabc', 'too_common'],
  ['li.wei@example.com', 'too_common'],
  ['weiming-19841984', 'too_common'],
  ['soleil20262026', 'too_common'],
  ['Liverpool!1892', 'too_common'],
  ['1q2w3e4r5t6y', 'too_common'],
  ['tree#93#11#20#77', null],
  ['liverpool and other cities', null],
]
test.each(table)('%s: %s', (password, problem) => {
  expect(passwordProblem(password, ABOUT, isCommon)).toBe(problem)
})

test('every common password that is long enough is refused, also with a year behind it', () => {
  const long = passwords.filter((password) => password.length >= PASSWORD_AT_LEAST)
  expect(long.length).toBeGreaterThan(300)
  expect(long.filter((password) => passwordProblem(password, [], isCommon) === null)).toEqual([])
  const words = passwords.filter((password) => /^[a-z]{8,}$/.test(password))
  expect(words.length).toBeGreaterThan(3_000)
  expect(words.filter((word) => passwordProblem(`${word}2026`, [], isCommon) === null)).toEqual([])
})

test('random passwords are good', () => {
  const letters = 'abcdefghijkmnopqrstuvwxyz23456789'
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...letters), { minLength: 16, maxLength: 40 }), (chosen) => {
      fc.pre(new Set(chosen).size > 8)
      expect(passwordProblem(chosen.join(''), ABOUT, isCommon)).toBeNull()
    }),
  )
})
