import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { belowFloor, checkSupply, countProduction, unexplained, unlistedScripts } from './check-supply.ts'
import { readPackages } from './read-packages.ts'

const locked = (name: string, version: string, hasScript = false) => ({ name, version, hasScript, production: true })

test('what is installed here is sound', () => {
  const { problems, production } = checkSupply(resolve(import.meta.dirname, '../..'))
  expect(problems).toEqual([])
  expect(production).toBeGreaterThan(50)
  expect(production).toBeLessThanOrEqual(150)
})

test('what a server gets is followed through the lockfile, with the variants of its platform and no tools of tests', () => {
  const names = readPackages(resolve(import.meta.dirname, '../../package-lock.json'))
    .filter((each) => each.production)
    .map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['next', '@next/swc-linux-x64-gnu', 'pg', 'scheduler']))
  for (const name of ['vitest', '@img/sharp-wasm32', '@next/swc-darwin-arm64', '@swc/core'])
    expect(names).not.toContain(name)
})

test('two versions of a package are one, and what is built in counts', () => {
  const unused = { ...locked('vitest', '5.0.0'), production: false }
  const builtIn = { ...locked('next-intl', '4.0.0'), production: false }
  expect(countProduction([locked('entities', '4.0.0'), locked('entities', '7.0.0'), unused, builtIn])).toBe(2)
})

test('a package without a reason is named', () => {
  expect(unexplained(['next', 'left-pad'], '| `next` | the shop |')).toEqual([
    'docs/decisions.md has no reason for left-pad',
  ])
})

test.each([
  ['next', '16.4.5', true],
  ['next', '16.4.6', false],
  ['next', '16.10.0', false],
  ['next', '15.9.9', true],
  ['react', '19.3.0', true],
  ['left-pad', '0.0.1', false],
])('%s %s is too old: %s', (name, version, old) => {
  expect(belowFloor([locked(name, version)]).length > 0).toBe(old)
})

test('an install script that nobody listed is named', () => {
  expect(unlistedScripts([locked('miner', '1.0.0', true), locked('node', '24.0.0', true)], ['node'])).toEqual([
    'miner brings an install script that allowScripts does not list',
  ])
})
