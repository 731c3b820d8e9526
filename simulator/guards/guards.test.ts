import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GUARDS } from './all-guards.ts'
import { applyPatch, patchedFile } from './apply-patch.ts'

test('there are at least thirty, each under its own name', () => {
  expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length)
  expect(GUARDS.length).toBeGreaterThanOrEqual(30)
})

test.each(GUARDS.map((guard) => [guard.name, guard] as const))('%s can be switched off', (_, { patch, sql, found }) => {
  expect(patch === undefined).toBe(sql !== undefined)
  if (patch) {
    const text = readFileSync(patchedFile(patch), 'utf8')
    expect(applyPatch(text, patch)).not.toBe(text)
  }
  if (found.by === 'test') expect(existsSync(found.file)).toBe(true)
})
