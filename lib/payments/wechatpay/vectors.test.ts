import { createDecipheriv, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Result } from '../../result.ts'
import type { BadBillLine, BillLine } from '../bills.ts'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import { signatureHolds, signText } from '../rsa-sha256.ts'
import { openSealed } from './encryption.ts'
import { readBill } from './read-bill.ts'
import { requestText } from './signing.ts'
import vectors from './vectors/wechatpay.json' with { type: 'json' }
import { verifyMessage } from './verify-message.ts'
import { createWechatKeys } from './wechat-keys.ts'

// Published signatures, certificates and sealed messages of the official SDKs; source and licence stand in the file.

const Vector = z.object({
  name: z.string(),
  kind: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  expected: z.unknown(),
})
const all = z.array(Vector).parse(vectors.vectors)
const ofKind = (kind: string) => all.filter((vector) => vector.kind === kind)
const folder = mkdtempSync(join(tmpdir(), 'wechat-vectors-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('every published vector is run', () => {
  const kinds = [
    'sign',
    'verify',
    'verify-notify',
    'decrypt',
    'decrypt-certificate',
    'sign-request',
    'cert-serial',
    'bill-csv',
  ]
  expect(all).toHaveLength(53)
  expect(kinds.flatMap(ofKind)).toHaveLength(53)
})

function key<T>(read: Result<T, { code: 'bad_key'; reason: string }>): T {
  if (!read.ok) throw new Error(read.error.reason)
  return read.value
}
const PublicSide = z.object({ publicKeyPem: z.string().optional(), certificatePem: z.string().optional() })
const publicKeyOf = (inputs: unknown) => {
  const { publicKeyPem, certificatePem } = PublicSide.parse(inputs)
  return key(readPublicKey(publicKeyPem ?? certificatePem ?? ''))
}
const Verified = z.object({ verified: z.boolean() })

test.each(ofKind('sign'))('sign: $name', ({ inputs, expected }) => {
  const { message, privateKeyPem } = z.object({ message: z.string(), privateKeyPem: z.string() }).parse(inputs)
  expect(signText(message, key(readPrivateKey(privateKeyPem)))).toBe(
    z.object({ signature: z.string() }).parse(expected).signature,
  )
})

test.each(ofKind('verify'))('verify: $name', ({ inputs, expected }) => {
  const { message, signature } = z.object({ message: z.string(), signature: z.string() }).parse(inputs)
  expect(signatureHolds(Buffer.from(message), signature, publicKeyOf(inputs))).toBe(Verified.parse(expected).verified)
})

const Notify = z.object({
  headers: z.record(z.string(), z.string()).optional(),
  rawBody: z.string().optional(),
  message: z.string().optional(),
  signature: z.string().optional(),
  now: z.number().optional(),
})

test.each(ofKind('verify-notify'))('verify-notify: $name', async ({ inputs, expected }) => {
  const { headers = {}, rawBody = '', message, signature, now = 0 } = Notify.parse(inputs)
  const publicKey = publicKeyOf(inputs)
  const holds = z.object({ verified: z.boolean().optional(), accepted: z.boolean().optional() }).parse(expected)
  if (message !== undefined && signature !== undefined) {
    expect(signatureHolds(Buffer.from(message), signature, publicKey)).toBe(holds.verified)
    return
  }
  const serial = new Headers(headers).get('wechatpay-serial') ?? ''
  const keys = {
    ...createWechatKeys(null, async () => ({ ok: false, error: { code: 'none', reason: '' } })),
    keyFor: async () => ({ ok: true, value: publicKey }) as const,
  }
  expect(serial).not.toBe('')
  const verified = await verifyMessage(
    keys,
    { headers: new Headers(headers), body: Buffer.from(rawBody) },
    new Date(now * 1000),
  )
  expect(verified.ok).toBe(holds.accepted ?? holds.verified)
})

describe('decrypt', () => {
  const Inputs = z.object({
    apiv3Key: z.string(),
    nonce: z.string(),
    associated_data: z.string().default(''),
    ciphertext: z.string(),
  })
  const Expected = z.union([z.object({ plaintext: z.string() }), z.object({ error: z.literal(true) })])

  test.each(ofKind('decrypt'))('$name', ({ inputs, expected }) => {
    const { apiv3Key, nonce, associated_data: associatedData, ciphertext } = Inputs.parse(inputs)
    const opened = openSealed({ ciphertext, nonce, associatedData }, Buffer.from(apiv3Key))
    const wanted = Expected.parse(expected)
    if ('error' in wanted) return expect(opened).toMatchObject({ ok: false, error: { code: 'not_opened' } })
    if (apiv3Key.length === 32) return expect(opened).toEqual({ ok: true, value: wanted.plaintext })
    // The SDK's own test uses a key that no merchant can have: ours refuses it, and the text is what it should be.
    expect(opened).toMatchObject({ ok: false, error: { reason: 'the key has 16 bytes instead of 32' } })
    const sealed = Buffer.from(ciphertext, 'base64')
    const decipher = createDecipheriv('aes-128-gcm', apiv3Key, nonce, { authTagLength: 16 })
    decipher.setAAD(Buffer.from(associatedData)).setAuthTag(sealed.subarray(-16))
    expect(decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')).toBe(wanted.plaintext)
  })
})

test.each(ofKind('decrypt-certificate'))('decrypt-certificate: $name', ({ inputs, expected }) => {
  const { apiv3Key, rawBody } = z.object({ apiv3Key: z.string(), rawBody: z.string() }).parse(inputs)
  const wanted = z.object({ certificatePem: z.string(), serial: z.string() }).parse(expected)
  const sealed = JSON.parse(rawBody).data[0].encrypt_certificate
  const opened = openSealed({ ...sealed, associatedData: sealed.associated_data }, Buffer.from(apiv3Key))
  const certificate = new X509Certificate(opened.ok ? opened.value : '')
  expect(certificate.serialNumber).toBe(wanted.serial)
  expect(certificate.raw).toEqual(new X509Certificate(wanted.certificatePem).raw)
})

test.each(ofKind('sign-request'))('sign-request: $name', ({ inputs, expected }) => {
  const Inputs = z.object({
    method: z.enum(['GET', 'POST']),
    url: z.url(),
    timestamp: z.string(),
    nonce: z.string(),
    body: z.string(),
    privateKeyPem: z.string(),
  })
  const { url, privateKeyPem, ...request } = Inputs.parse(inputs)
  const { pathname, search } = new URL(url)
  const text = requestText({ ...request, target: `${pathname}${search}` })
  expect({ message: text, signature: signText(text, key(readPrivateKey(privateKeyPem))) }).toEqual(expected)
})

test.each(ofKind('cert-serial'))('cert-serial: $name', ({ inputs, expected }) => {
  const { certificatePem } = z.object({ certificatePem: z.string() }).parse(inputs)
  expect({ serial: new X509Certificate(certificatePem).serialNumber }).toEqual(expected)
})

test.each(ofKind('bill-csv'))('bill-csv: $name', async ({ inputs, expected }) => {
  const { csvBase64 } = z.object({ csvBase64: z.string() }).parse(inputs)
  const { rowCount } = z.object({ rowCount: z.number() }).parse(expected)
  const path = join(folder, 'bill.csv')
  writeFileSync(path, Buffer.from(csvBase64, 'base64'))
  const lines: Result<BillLine, BadBillLine>[] = []
  const read = await readBill('1921000401', { day: '2019-02-19', path }, async (some) => {
    lines.push(...some)
  })
  expect(read).toEqual({ ok: true, value: 'whole' })
  expect(lines).toHaveLength(rowCount)
  expect(lines.every(({ ok }) => ok)).toBe(true)
  expect(lines[0]).toMatchObject({
    ok: true,
    value: { kind: 'refund', amount: 1n, refundNo: 'REF4200000263201902167700963919', state: 'done' },
  })
})
