import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DOCUMENTS } from './documents.ts'
import { drawInto } from './markdown.ts'

test.each(Object.entries(DOCUMENTS))('%s says what the code does; `npm run docs:draw` draws it anew', (file, parts) => {
  const document = readFileSync(file, 'utf8')
  expect(drawInto(document, parts)).toBe(document)
})

const DOCUMENT = 'before\n<!-- drawn: states -->\nold\n<!-- end -->\nafter'

test('what is drawn takes the place of what was there', () => {
  expect(drawInto(DOCUMENT, { states: 'new' })).toBe('before\n<!-- drawn: states -->\nnew\n<!-- end -->\nafter')
})

test('a part without a place, and a place without a part, are told', () => {
  expect(() => drawInto(DOCUMENT, { states: 'new', other: 'x' })).toThrow('no place for other')
  expect(() => drawInto(DOCUMENT, {})).toThrow('nobody draws states')
})
