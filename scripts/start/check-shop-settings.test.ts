import { expect, test } from 'vitest'
import { checkShopSettings } from './check-shop-settings.ts'
import { readSettings } from './settings.ts'

const check = (given: Record<string, string>) => {
  const environment: NodeJS.ProcessEnv = { NODE_ENV: 'test', ...given }
  checkShopSettings(environment, readSettings(environment, []))
}

test('a shop without settings of its own may start', () => {
  expect(() => check({})).not.toThrow()
})

test.each([
  ['a setting of the processes', { DATABASE_POOL: 'many' }, 'DATABASE_POOL'],
  ['half a provider', { ALIPAY_APP_ID: '2021000000000000' }, 'ALIPAY_PRIVATE_KEY'],
  ['plain HTTP for everybody', { PUBLIC_URL: 'http://shop.example' }, 'PUBLIC_URL must be https://'],
  ['a slip in a list of addresses', { NOTIFY_SOURCES_ALIPAY: '10.0.0.0/40' }, 'NOTIFY_SOURCES_ALIPAY'],
  ['a proxy that is no address', { TRUSTED_PROXIES: 'caddy' }, 'caddy is neither an address'],
  ['an unknown mode', { PAYMENTS_MODE: 'pretend' }, 'PAYMENTS_MODE must be sandbox or production'],
])('%s is refused before anything is up', (_name, given, named) => {
  expect(() => check(given)).toThrow(named)
})
