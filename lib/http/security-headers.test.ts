import { expect, test } from 'vitest'
import { readPolicyReports } from './read-policy-reports.ts'
import { commonHeaders, staticPolicy } from './security-headers.ts'

const value = (key: string, values: Record<string, string>) =>
  commonHeaders(values).find((header) => header.key === key)?.value

test('only a shop by https asks browsers to stay there', () => {
  expect(value('strict-transport-security', { PUBLIC_URL: 'https://shop.example' })).toContain('max-age=63072000')
  expect(value('strict-transport-security', { PUBLIC_URL: 'http://localhost:3000' })).toBeUndefined()
  expect(staticPolicy({ PUBLIC_URL: 'https://shop.example' }, false)).toContain('upgrade-insecure-requests')
})

test('a prerendered page loads from us only, and is in nobody’s frame', () => {
  const policy = staticPolicy({}, false)
  for (const rule of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(rule)
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
})

test.each([
  [
    {
      'csp-report': {
        'document-uri': 'https://s/en/order/SECRET/pay?x=1',
        'violated-directive': 'img-src',
        'blocked-uri': 'https://e/a?b',
      },
    },
    [{ page: 'https://s/en/order/…/pay', directive: 'img-src', blocked: 'https://e/a' }],
  ],
  [
    [
      {
        type: 'csp-violation',
        body: { documentURL: 'https://s/fr', effectiveDirective: 'script-src', blockedURL: 'inline' },
      },
    ],
    [{ page: 'https://s/fr', directive: 'script-src', blocked: 'inline' }],
  ],
  [{ anything: 'else' }, []],
  ['text', []],
])('reports come in two forms, %j', (sent, kept) => {
  expect(readPolicyReports(Buffer.from(JSON.stringify(sent)))).toEqual(kept)
})
