import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonicalText } from '../keys/canonical-text.ts'
import { certificateSn, splitPem } from './certificates.ts'
import { decryptContent, encryptContent, signText, verifyText } from './signature.ts'

interface Vector {
  name: string
  kind: string
  inputs: Record<string, string> & { params?: Record<string, string>; exclude?: string[] }
  expected: Record<string, string> & { verified?: boolean }
}

/** Signatures that others published: data only, no code is shared with the shop. */
const { vectors }: { vectors: Vector[] } = JSON.parse(
  readFileSync(new URL('../../lib/payments/alipay/vectors/alipay.json', import.meta.url), 'utf8'),
)
const ofKind = (kind: string) =>
  vectors.filter((vector) => vector.kind === kind).map((vector): [string, Vector] => [vector.name, vector])
const parametersOf = ({ inputs }: Vector) => new Map(Object.entries(inputs.params ?? {}))

describe('what the gateway checks, a client has signed', () => {
  test.each(ofKind('sign-request'))('%s', (_, vector) => {
    const { inputs, expected } = vector
    const text = canonicalText(parametersOf(vector), ['sign'])
    expect(text).toBe(expected['canonical'])
    expect(signText(text, 'utf-8', inputs['privateKeyPem'] ?? '')).toBe(expected['sign'])
    const key = createPublicKey(inputs['publicKeyPem'] ?? '')
    expect(verifyText(text, 'utf-8', key, expected['sign'] ?? '')).toBe(true)
    expect(verifyText(`${text} `, 'utf-8', key, expected['sign'] ?? '')).toBe(false)
  })
})

describe('notifications of the real gateway are signed as ours are', () => {
  const genuine = ofKind('verify-notify').filter(
    ([, { inputs }]) =>
      inputs.params && inputs['signType'] !== 'RSA' && !inputs['signTypeOverride'] && inputs['charset'] !== 'latin1',
  )
  test.each(genuine)('%s', (_, vector) => {
    const { inputs, expected } = vector
    const parameters = parametersOf(vector)
    const text = canonicalText(parameters, inputs.exclude ?? ['sign'])
    const key = createPublicKey(inputs['publicKeyPem'] ?? '')
    expect(verifyText(text, 'utf-8', key, parameters.get('sign') ?? '')).toBe(expected.verified)
  })
})

test.each(ofKind('aes'))('%s', (_, { inputs, expected }) => {
  const { plaintext = '', aesKeyBase64 = '' } = inputs
  expect(encryptContent(plaintext, aesKeyBase64)).toBe(expected['ciphertextBase64'])
  expect(decryptContent(expected['ciphertextBase64'] ?? '', aesKeyBase64)).toBe(plaintext)
})

test.each(ofKind('cert-sn').filter(([, { inputs }]) => !inputs['isRoot']))('%s', (_, { inputs, expected }) => {
  expect(certificateSn(splitPem(inputs['certPem'] ?? '')[0] ?? '')).toBe(expected['certSn'])
})
