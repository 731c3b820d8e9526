import { expect, test } from 'vitest'
import { clientIp } from './client-ip.ts'
import { parseRanges } from './ip-ranges.ts'
import { PEER_HEADER } from './note-peer.ts'

const PROXIES = parseRanges('127.0.0.0/8 ::1 10.0.0.0/8')
const ip = (peer: string, headers: Record<string, string> = {}) =>
  clientIp(new Headers({ [PEER_HEADER]: peer, ...headers }), PROXIES)

const table: [name: string, peer: string, forwarded: string, ip: string][] = [
  ['through our proxy', '127.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['through two of ours', '127.0.0.1', '203.0.113.7, 10.0.0.1', '203.0.113.7'],
  ['with what the client wrote before', '127.0.0.1', '1.2.3.4, 203.0.113.7', '203.0.113.7'],
  ['with an address of ours that the client wrote', '127.0.0.1', '10.0.0.9, 203.0.113.7', '203.0.113.7'],
  ['from a stranger who writes the header', '198.51.100.9', '203.0.113.7', '198.51.100.9'],
  ['from a stranger who says to be us', '198.51.100.9', '127.0.0.1', '198.51.100.9'],
  ['version 6', '::1', '2001:db8::1', '2001:db8::1'],
  ['version 6 in brackets', '::1', '[2001:db8::1]', '2001:db8::1'],
  ['version 4 in version 6', '::ffff:127.0.0.1', '::ffff:203.0.113.7', '203.0.113.7'],
  ['what is no address', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['what is no address before one', '127.0.0.1', '203.0.113.7, unknown', '127.0.0.1'],
  ['what is no address behind ours', '127.0.0.1', 'evil, 10.0.0.1', '10.0.0.1'],
  ['longer than an address', '127.0.0.1', '1'.repeat(4000), '127.0.0.1'],
  ['nothing', '127.0.0.1', '', '127.0.0.1'],
  ['no peer at all', '', '', '127.0.0.1'],
]
test.each(table)('%s', (_, peer, forwarded, expected) => {
  expect(ip(peer, forwarded ? { 'x-forwarded-for': forwarded } : {})).toBe(expected)
})

/** Row 16 of the plan: 30 ways to claim another address, each sent by a stranger and through the proxy. */
const CLAIMS: readonly Record<string, string>[] = [
  ...[
    'x-real-ip',
    'forwarded',
    'client-ip',
    'x-client-ip',
    'true-client-ip',
    'cf-connecting-ip',
    'fastly-client-ip',
  ].map((name) => ({ [name]: name === 'forwarded' ? 'for=192.0.2.66' : '192.0.2.66' })),
  ...['x-cluster-client-ip', 'x-forwarded', 'forwarded-for', 'x-originating-ip', 'x-remote-ip', 'x-remote-addr'].map(
    (name) => ({ [name]: '192.0.2.66' }),
  ),
  ...['192.0.2.66', '::ffff:192.0.2.66', '[::ffff:192.0.2.66]', '192.0.2.66:80', '"192.0.2.66"', '192.0.2.66,'].map(
    (claim) => ({ 'x-forwarded-for': claim }),
  ),
  ...[
    '127.0.0.1',
    '::1',
    '10.0.0.1',
    'localhost',
    '0',
    '0x7f000001',
    '2130706433',
    'unknown',
    '127.0.0.1, 192.0.2.66',
  ].map((claim) => ({ 'x-forwarded-for': claim })),
  { 'x-forwarded-for': Array.from({ length: 50 }, (_, n) => `192.0.2.${n}`).join(', ') },
  { 'x-forwarded-for': '192.0.2.66', 'x-real-ip': '192.0.2.66' },
]
test.each(CLAIMS.map((claim) => [claim]))('%j is not believed', (claim) => {
  expect(ip('198.51.100.9', claim)).toBe('198.51.100.9')
  const seenByProxy = [claim['x-forwarded-for'], '198.51.100.9'].filter(Boolean).join(', ')
  expect(ip('127.0.0.1', { ...claim, 'x-forwarded-for': seenByProxy })).toBe('198.51.100.9')
})
test('there are 30 of them', () => expect(CLAIMS).toHaveLength(30))
