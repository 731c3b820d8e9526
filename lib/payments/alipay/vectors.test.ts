import { createVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readCertificates } from '../certificates.ts'
import { parseFormBody } from '../form-body.ts'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import { signatureHolds, signText } from '../rsa-sha256.ts'
import { certificateSn, rootCertificateSn } from './certificates.ts'
import { decodeText } from './charset.ts'
import { decryptContent, encryptContent } from './encryption.ts'
import { takeApart } from './response.ts'
import { messageBytes, requestText } from './signing.ts'

const Params = z.record(z.string(), z.string())
const Vector = z.object({ name: z.string(), kind: z.string(), inputs: z.unknown(), expected: z.unknown() })
const file = readFileSync(new URL('./vectors/alipay.json', import.meta.url), 'utf8')
const { vectors, count } = z.object({ count: z.number(), vectors: z.array(Vector) }).parse(JSON.parse(file))

const ofKind = (kind: string) => vectors.filter((vector) => vector.kind === kind)
const key = (pem: string) => unwrap(readPublicKey(pem))

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

test('every vector of the file is run below', () => {
  const kinds = ['verify-notify', 'verify-response', 'extract-response', 'cert-sn', 'aes', 'sign-request']
  expect(vectors.filter(({ kind }) => kinds.includes(kind))).toHaveLength(count)
})

describe('messages', () => {
  const Inputs = z.object({
    params: Params.optional(),
    rawBody: z.string().optional(),
    canonicalGbkBase64: z.base64().optional(),
    sign: z.string().optional(),
    publicKeyPem: z.string(),
    exclude: z.array(z.string()).default([]),
    charset: z.enum(['utf-8', 'latin1', 'gbk']).default('utf-8'),
    signType: z.string().default('RSA2'),
  })
  const Expected = z.object({ verified: z.boolean(), canonical: z.string().optional() })

  test.each(ofKind('verify-notify'))('$name', ({ name, inputs: rawInputs, expected: rawExpected }) => {
    const inputs = Inputs.parse(rawInputs)
    const expected = Expected.parse(rawExpected)
    const publicKey = key(inputs.publicKeyPem)
    const { bytes, signature } = signedPart(inputs)
    if (expected.canonical !== undefined) expect(Buffer.from(bytes).toString()).toBe(expected.canonical)

    if (inputs.signType === 'RSA') {
      // Genuine by the old rule, so that what refuses it here is the pinned digest and nothing else.
      expect(createVerify('RSA-SHA1').update(bytes).verify(publicKey, signature, 'base64')).toBe(expected.verified)
      expect(signatureHolds(bytes, signature, publicKey)).toBe(false)
    } else if (name === 'notify-wrong-digest-sha1-must-fail') {
      expect(createVerify('RSA-SHA1').update(bytes).verify(publicKey, signature, 'base64')).toBe(expected.verified)
    } else {
      expect(signatureHolds(bytes, signature, publicKey)).toBe(expected.verified)
    }
  })

  function signedPart(inputs: z.infer<typeof Inputs>): { bytes: Uint8Array; signature: string } {
    if (inputs.canonicalGbkBase64 !== undefined) {
      const bytes = Buffer.from(inputs.canonicalGbkBase64, 'base64')
      expect(decodeText(bytes, 'gbk')).toContain('中文测试')
      return { bytes, signature: inputs.sign ?? '' }
    }
    const fields =
      inputs.rawBody === undefined
        ? new Map(Object.entries(inputs.params ?? {}).map(([name, value]) => [name, encode(value, inputs.charset)]))
        : unwrap(parseFormBody(Buffer.from(inputs.rawBody)))
    const signature = Buffer.from(fields.get('sign') ?? []).toString()
    return { bytes: messageBytes(fields, inputs.exclude), signature }
  }

  const encode = (value: string, charset: string): Uint8Array =>
    Buffer.from(value, charset === 'latin1' ? 'latin1' : 'utf8')
})

describe('answers', () => {
  const Inputs = z.object({ rawBody: z.string(), responseKey: z.string(), publicKeyPem: z.string().optional() })
  const Expected = z.object({ signedContent: z.string(), verified: z.boolean().optional() })

  test.each([...ofKind('extract-response'), ...ofKind('verify-response')])('$name', ({ inputs, expected }) => {
    const { rawBody, responseKey, publicKeyPem } = Inputs.parse(inputs)
    const { signedContent, verified } = Expected.parse(expected)
    const raw = unwrap(takeApart(rawBody, responseKey))
    expect(raw.content).toBe(signedContent)
    expect(raw.isGatewayError).toBe(false)
    if (publicKeyPem === undefined) return
    expect(signatureHolds(Buffer.from(raw.content), raw.sign ?? '', key(publicKeyPem))).toBe(verified)
    expect(signatureHolds(Buffer.from(`${raw.content} `), raw.sign ?? '', key(publicKeyPem))).toBe(false)
  })
})

describe('requests', () => {
  const Inputs = z.object({ params: Params, privateKeyPem: z.string(), publicKeyPem: z.string() })
  const Expected = z.object({ canonical: z.string(), sign: z.string() })

  test.each(ofKind('sign-request'))('$name', ({ inputs, expected }) => {
    const { params, privateKeyPem, publicKeyPem } = Inputs.parse(inputs)
    const { canonical, sign } = Expected.parse(expected)
    const text = requestText(Object.entries(params))
    expect(text).toBe(canonical)
    expect(signText(text, unwrap(readPrivateKey(privateKeyPem)))).toBe(sign)
    expect(signatureHolds(Buffer.from(text), sign, key(publicKeyPem))).toBe(true)
  })
})

describe('certificates', () => {
  const Inputs = z.object({ certPem: z.string(), isRoot: z.boolean().default(false) })

  test.each(ofKind('cert-sn'))('$name', ({ inputs, expected }) => {
    const { certPem, isRoot } = Inputs.parse(inputs)
    const { certSn } = z.object({ certSn: z.string() }).parse(expected)
    const [first, ...rest] = readCertificates(certPem) ?? []
    if (!first) throw new Error('no certificate')
    expect(isRoot ? rootCertificateSn([first, ...rest]) : certificateSn(first)).toBe(certSn)
  })
})

describe('encryption', () => {
  const Inputs = z.object({ aesKeyBase64: z.base64(), plaintext: z.string() })

  test.each(ofKind('aes'))('$name', ({ inputs, expected }) => {
    const { aesKeyBase64, plaintext } = Inputs.parse(inputs)
    const { ciphertextBase64 } = z.object({ ciphertextBase64: z.base64() }).parse(expected)
    const aesKey = Buffer.from(aesKeyBase64, 'base64')
    expect(encryptContent(plaintext, aesKey)).toBe(ciphertextBase64)
    expect(decryptContent(ciphertextBase64, aesKey)).toBe(plaintext)
  })
})
