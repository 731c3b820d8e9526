import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { doorOf } from './door-of.ts'

test.each([
  ['/', 'home'],
  ['/fr', 'home'],
  ['/en/product/moon-jar?x=1', 'product'],
  ['/zh/order/SECRET', 'order'],
  ['/api/notify/alipay', 'api/notify'],
  ['/_next/static/chunk.js', 'files'],
  ['/wp-login.php', 'other'],
  ['/en/wp-login.php', 'other'],
  ['/api/nothing', 'other'],
])('%s leads to %s', (url, door) => {
  expect(doorOf(url)).toBe(door)
})

test('every room of the shop is known', () => {
  const rooms = globSync(['app/(shop)/[[]locale[]]/*/', 'app/(secure)/[[]locale[]]/*/', 'app/api/*/'])
    .map((folder) => folder.replace(/^app\/(?:\([a-z]+\)\/\[locale\]|(api))\//, (_, api) => (api ? '/api/' : '/en/')))
    .filter((path) => !/\.[a-z]+\/?$/.test(path))
  expect(rooms.length).toBeGreaterThan(12)
  expect(rooms.filter((path) => doorOf(path) === 'other')).toEqual([])
})
