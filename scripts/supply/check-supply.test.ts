import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { belowFloor, checkSupply, unlistedScripts } from './check-supply.ts'

const locked = (name: string, version: string, hasScript = false) => ({ name, version, hasScript, production: true })

test('what is installed here is sound', () => {
  const { problems, production } = checkSupply(resolve(import.meta.dirname, '../..'))
  expect(problems).toEqual([])
  expect(production).toBeGreaterThan(50)
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
