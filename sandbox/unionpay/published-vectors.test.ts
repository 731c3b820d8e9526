import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { certId } from './keys.ts'
import { verifyFields } from './signature.ts'

interface Vector {
  name: string
  kind: string
  params: Record<string, string>
  certificate: string
  expected: { verified?: boolean; certId?: string }
}

/** Messages that the real test environment sent: data only, no code is shared with the shop. */
const { vectors }: { vectors: Vector[] } = JSON.parse(
  readFileSync(new URL('../../lib/payments/unionpay/vectors/unionpay.json', import.meta.url), 'utf8'),
)
const ofKind = (kind: string) =>
  vectors.filter((vector) => vector.kind === kind).map((vector): [string, Vector] => [vector.name, vector])

describe('messages of the real gateway are signed as ours are', () => {
  test.each(ofKind('verify-message'))('%s', (_, { params, expected }) => {
    const { publicKey } = new X509Certificate(params['signPubKeyCert'] ?? '')
    expect(verifyFields(new Map(Object.entries(params)), 'utf-8', publicKey)).toBe(expected.verified)
  })
})

test.each(ofKind('cert-id'))('%s', (_, { certificate, expected }) => {
  expect(certId(certificate)).toBe(expected.certId)
})
