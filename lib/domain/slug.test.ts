import { expect, test } from 'vitest'
import { isSlug } from './slug.ts'

const table: [text: string, expected: boolean][] = [
  ['round-teapot', true],
  ['a', true],
  ['plate-27', true],
  ['a'.repeat(80), true],
  ['a'.repeat(81), false],
  ['', false],
  ['Teapot', false],
  ['-teapot', false],
  ['teapot-', false],
  ['a--b', false],
  ['a b', false],
  ['teapot\0', false],
  ['teapot\n', false],
  ['../etc', false],
  ['茶壶', false],
]
test.each(table)('%j → %s', (text, expected) => {
  expect(isSlug(text)).toBe(expected)
})
