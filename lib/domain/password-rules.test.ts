import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PasswordProblem, passwordProblem } from './password-rules.ts'

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
]
test.each(table)('%s: %s', (password, problem) => {
  expect(passwordProblem(password, ABOUT)).toBe(problem)
})

test('random passwords are good', () => {
  const letters = 'abcdefghijkmnopqrstuvwxyz23456789'
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...letters), { minLength: 16, maxLength: 40 }), (chosen) => {
      fc.pre(new Set(chosen).size > 8)
      expect(passwordProblem(chosen.join(''), ABOUT)).toBeNull()
    }),
  )
})
