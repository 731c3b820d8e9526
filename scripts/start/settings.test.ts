import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

test('without any setting the shop is local, with its own database', () => {
  expect(readSettings({ NODE_ENV: 'test' }, [])).toEqual({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    databaseUrl: null,
    databasePort: 5433,
    dataFolder: resolve('.data'),
    photosFolder: resolve('.data/photos'),
    development: false,
    front: null,
    demoOrders: true,
    sandboxPort: 3100,
    mailCatcher: { port: 3080, smtpPort: 3025 },
  })
})

test('real payment settings and a real mail server leave no double to start', () => {
  expect(readSettings({ NODE_ENV: 'test', ALIPAY_APP_ID: '1', MAIL_URL: 'smtp://mail.example' }, [])).toMatchObject({
    sandboxPort: null,
    mailCatcher: null,
  })
})

test.each(['https://shop.example', 'http://192.0.2.7:3000', 'https://localhost.example'])(
  'a shop that is reached at %s gets no pretended payments',
  (publicUrl) => {
    expect(readSettings({ NODE_ENV: 'test', PUBLIC_URL: publicUrl }, []).sandboxPort).toBeNull()
  },
)

test('an empty variable is a setting that was not made', () => {
  expect(readSettings({ NODE_ENV: 'test', PORT: '', DATABASE_URL: '' }, []).port).toBe(3000)
})

test.each([
  [{}, { publicUrl: 'https://localhost:3443', front: { httpsPort: 3443, httpPort: 3480 } }],
  [{ HTTPS_PORT: '8443' }, { publicUrl: 'https://localhost:8443', front: { httpsPort: 8443, httpPort: 3480 } }],
  [{ PUBLIC_URL: 'https://shop.example' }, { front: { httpsPort: 443, httpPort: 80 } }],
  [{ PUBLIC_URL: 'https://shop.example:8443' }, { front: { httpsPort: 8443, httpPort: 3480 } }],
])('with %j the front is where it is looked for', (environment, expected) => {
  expect(readSettings({ NODE_ENV: 'test', ...environment }, ['--https'])).toMatchObject(expected)
})

test('a front without https is refused', () => {
  expect(() => readSettings({ NODE_ENV: 'test', PUBLIC_URL: 'http://localhost' }, ['--https'])).toThrow(
    'must be https://',
  )
})

const wrong: [name: string, environment: Record<string, string>, said: string][] = [
  ['a port that is a word', { PORT: 'web' }, 'PORT must be a port number'],
  ['a port out of range', { PORT: '70000' }, 'PORT must be 1 to 65535'],
  ['half a port', { DATABASE_PORT: '54.5' }, 'DATABASE_PORT must be a port number'],
  ['one port for two', { PORT: '5433' }, 'PORT and DATABASE_PORT are both 5433'],
  ['one port for shop and mail', { MAIL_PORT: '3000' }, 'PORT and MAIL_PORT are both 3000'],
  ['another database', { DATABASE_URL: 'mysql://localhost/shop' }, 'DATABASE_URL must be a postgres:// URL'],
  ['no URL', { PUBLIC_URL: 'shop.example' }, 'PUBLIC_URL must be an http:// or https:// URL'],
]

test.each(wrong)('%s is named and explained', (_name, environment, said) => {
  expect(() => readSettings({ NODE_ENV: 'test', ...environment }, [])).toThrow(said)
})

test('all wrong settings are named at once', () => {
  expect(() => readSettings({ NODE_ENV: 'test', PORT: 'x', PUBLIC_URL: 'x' }, [])).toThrow(/PORT .*; PUBLIC_URL/)
})
