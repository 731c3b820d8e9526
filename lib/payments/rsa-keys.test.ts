import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysPair, readPrivateKey, readPublicKey } from './rsa-keys.ts'
import { makeCertificate } from './testing/make-certificate.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const spki = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()

test.each([
  ['PKCS#8', pkcs8],
  ['PKCS#1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['base64 of PKCS#8', rsa.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')],
  ['base64 of PKCS#1', rsa.privateKey.export({ type: 'pkcs1', format: 'der' }).toString('base64')],
  ['Windows line ends', pkcs8.replaceAll('\n', '\r\n')],
  ['text around the armour', `Bag Attributes\n  friendlyName: x\n${pkcs8}\nthe end`],
])('a private key as %s', (_, text) => {
  const key = readPrivateKey(text)
  expect(key.ok && keysPair(key.value, rsa.publicKey)).toBe(true)
  expect(key.ok && keysPair(key.value, other.publicKey)).toBe(false)
})

test.each([
  ['SPKI', spki],
  ['PKCS#1', rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['base64', rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
])('a public key as %s', (_, text) => {
  const key = readPublicKey(text)
  expect(key.ok && keysPair(rsa.privateKey, key.value)).toBe(true)
})

test('a public key out of a certificate', () => {
  const identity = makeCertificate({ name: 'x' })
  const key = readPublicKey(identity.pem)
  expect(key.ok && keysPair(identity.privateKey, key.value)).toBe(true)
})

const encrypted = rsa.privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString()
test.each([
  ['nothing', '', 'not base64'],
  ['prose', 'my key is secret!', 'not base64'],
  ['base64 of something else', 'AAAA', 'not a private key'],
  ['the public half', spki, 'not a private key'],
  ['a password', encrypted, 'password'],
  ['1024 bits', weak.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), '1024 bits'],
  ['an elliptic curve', ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'type ec'],
])('no private key: %s', (_, text, reason) => {
  const key = readPrivateKey(text)
  expect(key.ok ? 'accepted' : key.error.reason).toContain(reason)
})

test.each([
  ['the private half', pkcs8, 'private key where a public one belongs'],
  ['1024 bits', weak.publicKey.export({ type: 'spki', format: 'pem' }).toString(), '1024 bits'],
  ['rubbish', 'AAAA', 'not a public key'],
])('no public key: %s', (_, text, reason) => {
  const key = readPublicKey(text)
  expect(key.ok ? 'accepted' : key.error.reason).toContain(reason)
})

test('blanks anywhere in the base64 change nothing', () => {
  const base64 = rsa.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  const blank = fc.constantFrom(' ', '\n', '\r\n', '\t', '\u00a0', '\u200b', '\ufeff', '\\n')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(base64.length), blank), { maxLength: 20 }), (inserts) => {
      const text = inserts
        .sort(([a], [b]) => b - a)
        .reduce((key, [at, space]) => key.slice(0, at) + space + key.slice(at), base64)
      expect(readPrivateKey(text).ok).toBe(true)
    }),
    { numRuns: 50 },
  )
})
