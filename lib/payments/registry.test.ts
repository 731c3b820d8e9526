import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createRegistry } from './registry.ts'
import { makeCertificate } from './testing/make-certificate.ts'

const [mine, theirs] = [1, 2].map(() =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }),
)
if (!mine || !theirs) throw new Error('two pairs were made')

type Values = Record<string, string | undefined>
const LIVE: Values = {
  PAYMENTS_MODE: 'production',
  PUBLIC_URL: 'https://shop.example',
  ALIPAY_APP_ID: '2021001161683774',
  ALIPAY_SELLER_ID: '2088000000000001',
  ALIPAY_PRIVATE_KEY: mine.privateKey,
  ALIPAY_PUBLIC_KEY: theirs.publicKey,
}
const PRACTICE: Values = {
  ...LIVE,
  PAYMENTS_MODE: 'sandbox',
  PUBLIC_URL: 'http://localhost:3000',
  ALIPAY_GATEWAY_URL: 'http://127.0.0.1:3200/gateway.do',
}
const files: Record<string, string> = {
  '/run/secrets/key': mine.privateKey,
  '/srv/sandbox/alipay/key.pem': mine.privateKey,
}
const readFile = (path: string) => {
  const text = files[path]
  if (text === undefined) throw new Error('ENOENT')
  return Buffer.from(text)
}
const open = (values: Values) => createRegistry(values, { readFile, clock: () => new Date('2026-11-21T09:30:00Z') })

test('without settings there is no provider, and nothing to complain about', () => {
  expect(open({}).size).toBe(0)
})

test('a live shop and a practising shop', () => {
  expect([...open(LIVE).keys()]).toEqual(['alipay'])
  expect([...open(PRACTICE).keys()]).toEqual(['alipay'])
})

test('keys come from files as well', () => {
  const values = { ...LIVE, ALIPAY_PRIVATE_KEY: undefined, ALIPAY_PRIVATE_KEY_FILE: '/run/secrets/key' }
  expect(open(values).get('alipay')?.name).toBe('alipay')
})

test('the ways to pay can be restricted to what is contracted', () => {
  expect(open({ ...LIVE, ALIPAY_SCENES: 'page, wap' }).get('alipay')?.scenes).toEqual(['page', 'wap'])
})

describe('production refuses to start with', () => {
  const sandboxAlipay = makeCertificate({ name: 'Alipay sandbox gateway' }).pem
  const app = makeCertificate({ name: '2088000000000001-2021001161683774' })
  test.each<[string, Values, string]>([
    [
      'no TLS in its address',
      { PUBLIC_URL: 'http://shop.example' },
      'PUBLIC_URL is http://shop.example; in production',
    ],
    ['an address that only this machine has', { PUBLIC_URL: 'https://localhost' }, 'PUBLIC_URL is https://localhost'],
    ['no address', { PUBLIC_URL: undefined }, 'PUBLIC_URL is http://localhost:3000'],
    [
      'Alipay’s sandbox gateway',
      { ALIPAY_GATEWAY_URL: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do' },
      'must be https://openapi.alipay.com',
    ],
    [
      'a local gateway',
      { ALIPAY_GATEWAY_URL: 'http://127.0.0.1:3200/gateway.do' },
      'must be https://openapi.alipay.com',
    ],
    ['the live gateway without TLS', { ALIPAY_GATEWAY_URL: 'http://openapi.alipay.com/gateway.do' }, 'must be https'],
    ['a sandbox application', { ALIPAY_APP_ID: '9021000122671080' }, 'is an application of Alipay’s sandbox'],
    [
      'a key out of the sandbox',
      { ALIPAY_PRIVATE_KEY: undefined, ALIPAY_PRIVATE_KEY_FILE: '/srv/sandbox/alipay/key.pem' },
      'points into the sandbox’s own keys',
    ],
    [
      'certificates of a sandbox',
      {
        ALIPAY_PRIVATE_KEY: app.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        ALIPAY_APP_CERTIFICATE: app.pem,
        ALIPAY_CERTIFICATE: sandboxAlipay,
        ALIPAY_ROOT_CERTIFICATE: sandboxAlipay,
      },
      'The Alipay certificate was issued for a sandbox',
    ],
  ])('%s', (_, change, sentence) => {
    expect(() => open({ ...LIVE, ...change })).toThrow(sentence)
  })

  test('when the mode is not set, which means production', () => {
    expect(() => open({ ...PRACTICE, PAYMENTS_MODE: undefined })).toThrow('in production')
  })
})

test('a practising shop refuses the live gateway', () => {
  const gateway = 'https://openapi.alipay.com/gateway.do'
  expect(() => open({ ...PRACTICE, ALIPAY_GATEWAY_URL: gateway })).toThrow(
    'the live gateway, but PAYMENTS_MODE is sandbox',
  )
})

describe('each setting that is not right is named in a sentence', () => {
  test.each<[Values, string]>([
    [{ PAYMENTS_MODE: 'live' }, 'PAYMENTS_MODE must be sandbox or production.'],
    [{ ALIPAY_APP_ID: undefined }, 'ALIPAY_APP_ID is missing: it is the number of the application, 16 digits.'],
    [{ ALIPAY_SELLER_ID: '1234' }, 'ALIPAY_SELLER_ID is not right'],
    [{ ALIPAY_PRIVATE_KEY: undefined }, 'ALIPAY_PRIVATE_KEY (or ALIPAY_PRIVATE_KEY_FILE) is missing.'],
    [{ ALIPAY_PRIVATE_KEY: 'AAAA' }, 'ALIPAY_PRIVATE_KEY cannot be used: it is not a private key.'],
    [
      { ALIPAY_PRIVATE_KEY_FILE: '/run/secrets/key' },
      'ALIPAY_PRIVATE_KEY and ALIPAY_PRIVATE_KEY_FILE are both set; keep one.',
    ],
    [
      { ALIPAY_PRIVATE_KEY: undefined, ALIPAY_PRIVATE_KEY_FILE: '/nowhere' },
      'ALIPAY_PRIVATE_KEY_FILE points to /nowhere, which cannot be read.',
    ],
    [{ ALIPAY_PUBLIC_KEY: mine.publicKey }, 'ALIPAY_PUBLIC_KEY is the public half of your own key'],
    [
      { ALIPAY_APP_PUBLIC_KEY: theirs.publicKey },
      'ALIPAY_PRIVATE_KEY and ALIPAY_APP_PUBLIC_KEY do not belong together.',
    ],
    [{ ALIPAY_ENCRYPT_KEY: 'AAAA' }, 'ALIPAY_ENCRYPT_KEY must be 16 bytes in base64.'],
    [{ ALIPAY_SCENES: 'page,native' }, 'ALIPAY_SCENES may name page, wap, qr.'],
    [{ ALIPAY_APP_CERTIFICATE: 'x' }, 'certificate mode needs all three certificates'],
    [{ ALIPAY_GATEWAY_URL: 'openapi' }, 'ALIPAY_GATEWAY_URL is not an address.'],
  ])('%j', (change, sentence) => {
    expect(() => open({ ...LIVE, ...change })).toThrow(sentence)
  })

  test('all at once, and never a key in the text', () => {
    let text = ''
    try {
      open({ ...LIVE, ALIPAY_APP_ID: 'x', ALIPAY_SELLER_ID: 'y', ALIPAY_PUBLIC_KEY: mine.privateKey })
    } catch (error) {
      text = String(error)
    }
    expect(text).toMatch(/\nALIPAY_APP_ID.*\nALIPAY_SELLER_ID.*\nALIPAY_PUBLIC_KEY/)
    expect(text).not.toContain(mine.privateKey.split('\n')[1])
  })
})
