import { readFileSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { drawInto } from './markdown.ts'

// The rules of the audit are read where they stand, beside statements for a database that is never asked.
vi.resetModules()
vi.stubEnv('DATABASE_URL', 'postgres://nowhere/none')
const { DOCUMENTS } = await import('./documents.ts')
afterAll(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

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
