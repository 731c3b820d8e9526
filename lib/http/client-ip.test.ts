import { expect, test } from 'vitest'
import { clientIp } from './client-ip.ts'

test.each<[string, Record<string, string>, string]>([
  ['told by a proxy', { 'x-forwarded-for': '203.0.113.7' }, '203.0.113.7'],
  ['through several proxies', { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' }, '203.0.113.7'],
  ['version 6', { 'x-forwarded-for': '2001:db8::1' }, '2001:db8::1'],
  ['version 4 in version 6', { 'x-forwarded-for': '::ffff:203.0.113.7' }, '203.0.113.7'],
  ['in another header', { 'x-real-ip': '203.0.113.7' }, '203.0.113.7'],
  ['what is no address', { 'x-forwarded-for': 'unknown', 'x-real-ip': '203.0.113.7' }, '203.0.113.7'],
  ['longer than an address', { 'x-forwarded-for': '1'.repeat(4000) }, '127.0.0.1'],
  ['nothing', {}, '127.0.0.1'],
])('%s', (_, headers, ip) => {
  expect(clientIp(new Headers(headers))).toBe(ip)
})
