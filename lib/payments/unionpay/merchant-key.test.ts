import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../testing/make-certificate.ts'
import { certIdOf, openPfx, pairPem } from './merchant-key.ts'
import { intermediate, merchant } from './testing/unionpay-double.ts'

const folder = mkdtempDisposableSync(join(tmpdir(), 'pfx-'))
afterAll(() => folder.remove())
const file = (name: string, content: string) => {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}
const keyOf = (identity: typeof merchant) => identity.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** A `.pfx` as openssl packs it; the authority's certificate stands before ours in none, after it in all. */
function pack(password: string, ...args: string[]): Buffer {
  const out = join(folder.path, 'out.pfx')
  execFileSync('openssl', [
    ...['pkcs12', '-export', '-inkey', file('key.pem', keyOf(merchant)), '-in', file('cert.pem', merchant.pem)],
    ...['-certfile', file('chain.pem', intermediate.pem), '-passout', `pass:${password}`, '-out', out, ...args],
  ])
  return readFileSync(out)
}

describe('a .pfx opens', () => {
  test.each<[string, string, string[]]>([
    ['with today’s ciphers', '000000', []],
    ['with RC2 and 3DES', '000000', ['-legacy']],
    ['with AES-128 and SHA-1', '000000', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha1']],
    ['with 3DES for both', '000000', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['with a password of other letters', 'pässwörd', ['-legacy']],
    ['with an empty password', '', ['-legacy']],
  ])('%s', (_name, password, args) => {
    const opened = openPfx(pack(password, ...args), password)
    if (!opened.ok) throw new Error(opened.error.reason)
    expect(opened.value.privateKey.equals(merchant.privateKey)).toBe(true)
    expect(opened.value.certificate.fingerprint256).toBe(new X509Certificate(merchant.pem).fingerprint256)
  })
})

describe('a .pfx that cannot be used is told with the command that helps', () => {
  const pfx = pack('000000', '-legacy')
  test.each<[string, Uint8Array, string]>([
    ['the wrong password', pfx, '111111'],
    ['no password', pfx, ''],
    ['cut', pfx.subarray(0, 500), '000000'],
    ['PEM in its place', Buffer.from(merchant.pem), '000000'],
    ['nothing', Buffer.alloc(0), '000000'],
  ])('%s', (_name, bytes, password) => {
    const opened = openPfx(bytes, password)
    expect(opened).toMatchObject({
      ok: false,
      error: { reason: expect.stringContaining('openssl pkcs12 -legacy -nodes') },
    })
  })
})

describe('PEM', () => {
  const other = makeCertificate({ name: 'other', isAuthority: true })
  test('the key and the certificate that belongs to it, wherever it stands in the file', () => {
    const opened = pairPem(keyOf(merchant), `${intermediate.pem}${merchant.pem}`)
    expect(opened.ok && opened.value.certificate.fingerprint256).toBe(new X509Certificate(merchant.pem).fingerprint256)
  })
  test('a certificate of another key', () => {
    expect(pairPem(keyOf(merchant), other.pem)).toMatchObject({
      error: { reason: 'no certificate belongs to the private key' },
    })
  })
  test('what openssl makes of a .pfx, in one file', () => {
    const path = file('in.pfx', '')
    writeFileSync(path, pack('000000', '-legacy'))
    const pem = execFileSync('openssl', [
      'pkcs12',
      '-legacy',
      '-nodes',
      '-in',
      path,
      '-passin',
      'pass:000000',
    ]).toString()
    expect(pairPem(pem, pem)).toMatchObject({ ok: true })
  })
})

test('certId is the serial number in decimal', () => {
  const serial = Buffer.from('10469001490000000000ff', 'hex')
  const certificate = new X509Certificate(makeCertificate({ name: 'x', serial }).pem)
  expect(certIdOf(certificate)).toBe(BigInt('0x10469001490000000000ff').toString())
})
