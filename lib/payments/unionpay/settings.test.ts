import { describe, expect, test } from 'vitest'
import { createRegistry } from '../registry.ts'
import { makeCertificate } from '../testing/make-certificate.ts'
import { intermediate, MER_ID, merchant, NOW, root } from './testing/unionpay-double.ts'

type Values = Readonly<Record<string, string | undefined>>
const key = merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const practice = makeCertificate({ name: 'CFCA TEST OCA1', issuer: root, isAuthority: true })
const LIVE: Values = {
  PAYMENTS_MODE: 'production',
  PUBLIC_URL: 'https://shop.example',
  UNIONPAY_MER_ID: '898110148990001',
  UNIONPAY_PRIVATE_KEY: key,
  UNIONPAY_CERTIFICATE: merchant.pem,
  UNIONPAY_ROOT_CERTIFICATE: root.pem,
  UNIONPAY_INTERMEDIATE_CERTIFICATE: intermediate.pem,
}
const live = (name: string, isAuthority = true) => makeCertificate({ name, isAuthority }).pem
const authorities = {
  UNIONPAY_ROOT_CERTIFICATE: live('CFCA CS CA'),
  UNIONPAY_INTERMEDIATE_CERTIFICATE: live('CFCA OCA1'),
}
const own = makeCertificate({ name: '041@Z1@898110148990001:SIGN@1' })
const ownKey = {
  UNIONPAY_PRIVATE_KEY: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  UNIONPAY_CERTIFICATE: own.pem,
}
const PRACTICE: Values = {
  ...LIVE,
  PAYMENTS_MODE: 'sandbox',
  UNIONPAY_MER_ID: MER_ID,
  UNIONPAY_GATEWAY_URL: 'http://127.0.0.1:9/',
}
const open = (values: Values, clock = NOW) =>
  createRegistry(values, { readFile: () => Buffer.from('no key at all'), clock: () => clock })

test('a live shop and a practising shop', () => {
  expect([...open({ ...LIVE, ...authorities, ...ownKey }).keys()]).toEqual(['unionpay'])
  expect([...open(PRACTICE).keys()]).toEqual(['unionpay'])
})

describe('each setting that is not right is named in a sentence', () => {
  test.each<[Values, string]>([
    [{ UNIONPAY_MER_ID: undefined }, 'UNIONPAY_MER_ID is missing: it is the number of the merchant, 15 digits.'],
    [{ UNIONPAY_MER_ID: '123' }, 'UNIONPAY_MER_ID is not right'],
    [
      { UNIONPAY_PRIVATE_KEY: undefined },
      'UNIONPAY_PFX_FILE is missing, or UNIONPAY_PRIVATE_KEY and UNIONPAY_CERTIFICATE in its place.',
    ],
    [{ UNIONPAY_CERTIFICATE: undefined }, 'UNIONPAY_PFX_FILE is missing'],
    [
      { UNIONPAY_CERTIFICATE: root.pem },
      'UNIONPAY_PRIVATE_KEY cannot be used: no certificate belongs to the private key.',
    ],
    [{ UNIONPAY_PFX: 'AAAA' }, 'UNIONPAY_PFX and UNIONPAY_PRIVATE_KEY are both set; keep one.'],
    [
      { UNIONPAY_PRIVATE_KEY: undefined, UNIONPAY_PFX_FILE: '/srv/key.pfx' },
      'UNIONPAY_PFX_FILE (/srv/key.pfx) cannot be used: it does not open',
    ],
    [
      { UNIONPAY_ROOT_CERTIFICATE: undefined },
      'UNIONPAY_ROOT_CERTIFICATE (or UNIONPAY_ROOT_CERTIFICATE_FILE) is missing.',
    ],
    [{ UNIONPAY_INTERMEDIATE_CERTIFICATE: 'x' }, 'UNIONPAY_INTERMEDIATE_CERTIFICATE holds no certificate in PEM.'],
    [{ UNIONPAY_GATEWAY_URL: 'gateway' }, 'UNIONPAY_GATEWAY_URL is not an address.'],
    [
      { UNIONPAY_GATEWAY_URL: 'https://gateway.95516.com' },
      'UNIONPAY_GATEWAY_URL is the live gateway, but PAYMENTS_MODE is sandbox.',
    ],
  ])('%j', (change, sentence) => {
    expect(() => open({ ...PRACTICE, ...change })).toThrow(sentence)
  })
})

describe('production refuses to start with', () => {
  test.each<[string, Values, string]>([
    [
      'the test gateway',
      { UNIONPAY_GATEWAY_URL: 'https://gateway.test.95516.com' },
      'must be https://gateway.95516.com',
    ],
    ['the live gateway without TLS', { UNIONPAY_GATEWAY_URL: 'http://gateway.95516.com' }, 'must be https'],
    [
      'the test server of files',
      { UNIONPAY_FILE_URL: 'https://filedownload.test.95516.com/' },
      'must be https://filedownload.95516.com',
    ],
    ['a test merchant', { UNIONPAY_MER_ID: '777290058110048' }, 'is a test merchant'],
    [
      'a test authority',
      { UNIONPAY_INTERMEDIATE_CERTIFICATE: practice.pem },
      'The intermediate certificate was issued for a sandbox',
    ],
  ])('%s', (_name, change, sentence) => {
    expect(() => open({ ...LIVE, ...authorities, ...ownKey, ...change })).toThrow(sentence)
  })
})
