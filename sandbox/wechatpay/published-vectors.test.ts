import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { signBytes, verifyBytes } from '../keys/rsa-sha256.ts'
import { messageText, requestText, seal } from './signature.ts'

interface Vector {
  name: string
  kind: string
  inputs: Record<string, string> & { headers?: Record<string, string> }
  expected: Record<string, string> & { verified?: boolean; error?: boolean }
}

/** Signatures and seals that others published: data only, no code is shared with the shop. */
const { vectors }: { vectors: Vector[] } = JSON.parse(
  readFileSync(new URL('../../lib/payments/wechatpay/vectors/wechatpay.json', import.meta.url), 'utf8'),
)
const ofKind = (kind: string, chosen: (vector: Vector) => boolean = () => true) =>
  vectors
    .filter((vector) => vector.kind === kind && chosen(vector))
    .map((vector): [string, Vector] => [vector.name, vector])

test.each(ofKind('sign'))('%s', (_, { inputs, expected }) => {
  const key = createPrivateKey(inputs['privateKeyPem'] ?? '')
  expect(signBytes(Buffer.from(inputs['message'] ?? ''), key)).toBe(expected['signature'])
})

test.each(ofKind('verify', ({ inputs }) => Boolean(inputs['publicKeyPem'])))('%s', (_, { inputs, expected }) => {
  const key = createPublicKey(inputs['publicKeyPem'] ?? '')
  expect(verifyBytes(Buffer.from(inputs['message'] ?? ''), key, inputs['signature'] ?? '')).toBe(expected.verified)
})

test.each(ofKind('sign-request'))('what a merchant signs: %s', (_, { inputs, expected }) => {
  const { pathname, search } = new URL(inputs['url'] ?? '')
  const text = requestText({
    method: inputs['method'] ?? '',
    target: pathname + search,
    timestamp: inputs['timestamp'] ?? '',
    nonce: inputs['nonce'] ?? '',
    body: Buffer.from(inputs['body'] ?? ''),
  })
  expect(text.toString()).toBe(expected['message'])
  const key = createPublicKey(createPrivateKey(inputs['privateKeyPem'] ?? ''))
  expect(verifyBytes(text, key, expected['signature'] ?? '')).toBe(true)
})

describe('what the platform signs of a notification', () => {
  const complete = ({ inputs }: Vector) => Boolean(inputs.headers && inputs['publicKeyPem'] && !inputs['encodeAs'])
  test.each(ofKind('verify-notify', (vector) => complete(vector) && !/window|swapped/.test(vector.name)))(
    '%s',
    (_, { inputs, expected }) => {
      const header = (name: string) => inputs.headers?.[`Wechatpay-${name}`] ?? ''
      const text = messageText({
        timestamp: header('Timestamp'),
        nonce: header('Nonce'),
        body: inputs['rawBody'] ?? '',
      })
      const key = createPublicKey(inputs['publicKeyPem'] ?? '')
      expect(verifyBytes(text, key, header('Signature'))).toBe(expected.verified)
    },
  )
})

describe('what the platform seals', () => {
  // Some of the published keys are of 16 bytes, which no merchant can have.
  const sealed = ({ inputs, expected }: Vector) => inputs['apiv3Key']?.length === 32 && 'plaintext' in expected
  test.each(ofKind('decrypt', sealed))('%s', (_, { inputs, expected }) => {
    const made = seal(expected['plaintext'] ?? '', {
      key: inputs['apiv3Key'] ?? '',
      nonce: inputs['nonce'] ?? '',
      associatedData: inputs['associated_data'] ?? '',
    })
    expect(made.ciphertext).toBe(inputs['ciphertext'])
  })

  test.each(ofKind('decrypt-certificate'))('%s', (_, { inputs, expected }) => {
    const [{ encrypt_certificate: given }] = JSON.parse(inputs['rawBody'] ?? '').data
    const made = seal(expected['certificatePem'] ?? '', {
      key: inputs['apiv3Key'] ?? '',
      nonce: given.nonce,
      associatedData: given.associated_data,
    })
    expect(made.ciphertext).toBe(given.ciphertext)
  })
})
