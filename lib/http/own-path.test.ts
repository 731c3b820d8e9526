import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

test.each([
  ['/en/account', '/en/account'],
  ['/zh/product/圆壶?q=1#a', '/zh/product/%E5%9C%86%E5%A3%B6?q=1#a'],
  ['/fr/order/x/../y', '/fr/order/y'],
])('%s is ours', (asked, path) => {
  expect(ownPath(asked)).toBe(path)
})

test.each([
  'https://evil.example/en',
  '//evil.example/en',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'http:evil.example',
  '///evil.example',
  '/en/..//evil.example',
  '/en/../..//evil.example/en',
  '/.//evil.example',
  '/@evil.example',
  '/api/cart',
  '/en@evil.example',
  '/en/account/sign-in',
  '/zh/account/sign-out?x',
  '/%2F/evil.example',
  '/%5Cevil.example',
  'en/account',
  '',
  '?next=/en',
  '#/en',
  '/en\r\nset-cookie: a=b',
  '/en\u0000',
  '/EN/account',
  `/en/${'a'.repeat(2000)}`,
  'http://localhost:3000/en',
  'https:///evil.example',
  '/en/account/sign-in/link?key=1',
  '/ｅn/account',
  '／／evil.example',
  '/en:80@evil.example',
  'blob:https://evil.example/x',
  '//en/account',
  '/\u2028/evil.example',
  'file:///en/account',
])('%j is not', (asked) => {
  expect(ownPath(asked)).toBeNull()
})

test('whatever is taken stays on our host, under a language', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.webUrl(),
        fc.string().map((text) => `/en/${text}`),
      ),
      (asked) => {
        const path = ownPath(asked)
        if (path === null) return
        const url = new URL(path, 'https://shop.example')
        expect(url.origin).toBe('https://shop.example')
        expect(path).toMatch(/^\/(en|fr|zh)(?:[/?#]|$)/)
      },
    ),
    { numRuns: 500 },
  )
})
