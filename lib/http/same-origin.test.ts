import { expect, test } from 'vitest'
import { isSameOrigin } from './same-origin.ts'

const host = 'shop.example:3000'
const table: [name: string, headers: Record<string, string>, same: boolean][] = [
  ['a page of ours', { host, 'sec-fetch-site': 'same-origin', origin: `http://${host}` }, true],
  ['another site', { host, 'sec-fetch-site': 'cross-site', origin: `http://${host}` }, false],
  ['a sibling host', { host, 'sec-fetch-site': 'same-site' }, false],
  ['typed into the address bar', { host, 'sec-fetch-site': 'none' }, false],
  ['an old browser, our page', { host, origin: `http://${host}` }, true],
  ['an old browser, another page', { host, origin: 'http://evil.example' }, false],
  ['another port', { host, origin: 'http://shop.example:3001' }, false],
  ['a sandboxed frame', { host, origin: 'null' }, false],
  ['no word at all', { host }, false],
  ['an origin that is none', { host, origin: 'shop' }, false],
]

test.each(table)('%s', (_name, headers, same) => {
  expect(isSameOrigin(new Headers(headers))).toBe(same)
})
