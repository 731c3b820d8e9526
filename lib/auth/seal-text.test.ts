import { afterAll, expect, test, vi } from 'vitest'

// Settings are read when a module loads, and other files of this process have other ones.
vi.resetModules()
vi.stubEnv('DATABASE_URL', 'postgres://nowhere/none')
const { openText, sealText } = await import('./seal-text.ts')
afterAll(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})
const [key, next] = ['a'.repeat(32), 'b'.repeat(32)]

test('what was sealed opens, also by the key before the present one', () => {
  const sealed = sealText('answer', 'GEZDGNBV', key)
  expect(sealed).not.toContain('GEZDGNBV')
  expect(openText('answer', sealed, [key])).toBe('GEZDGNBV')
  expect(openText('answer', sealed, [next, key])).toBe('GEZDGNBV')
})

test('nothing else opens: another key, another purpose, another text', () => {
  const sealed = sealText('answer', 'GEZDGNBV', key)
  expect(openText('answer', sealed, [next, undefined])).toBeNull()
  expect(openText('second-factor', sealed, [key])).toBeNull()
  const bytes = Buffer.from(sealed, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(openText('answer', changed.toString('base64url'), [key])).toBeNull()
  }
  expect(openText('answer', '', [key])).toBeNull()
})

test('two seals of one text differ', () => {
  expect(sealText('answer', 'x', key)).not.toBe(sealText('answer', 'x', key))
})

test('without a key nothing is sealed', () => {
  expect(() => sealText('answer', 'x', undefined)).toThrow('AUTH_SECRET')
})
