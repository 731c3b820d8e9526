import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readForm } from './fields.ts'
import { certIdOf, openPfx } from './merchant-key.ts'
import { createSignerTrust } from './signer-trust.ts'
import { encodeForm } from './testing/unionpay-double.ts'
import { verifyMessage } from './verify-message.ts'

const Vector = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('verify-message'),
    name: z.string(),
    params: z.record(z.string(), z.string()),
    expected: z.object({ verified: z.boolean() }),
  }),
  z.object({
    kind: z.literal('certificate-chain'),
    name: z.string(),
    root: z.string(),
    intermediate: z.string(),
    leaf: z.string(),
  }),
  z.object({
    kind: z.literal('cert-id'),
    name: z.string(),
    certificate: z.string(),
    pfxBase64: z.string(),
    password: z.string(),
    expected: z.object({ certId: z.string(), validTo: z.string() }),
  }),
])
const { vectors } = z
  .object({ count: z.literal(14), vectors: z.array(Vector).length(14) })
  .parse(JSON.parse(readFileSync('lib/payments/unionpay/vectors/unionpay.json', 'utf8')))

/** The messages were signed in 2022, and their certificate ended in 2025. */
const SIGNED_AT = new Date('2022-09-08T05:22:06Z')
const chain = vectors.find((vector) => vector.kind === 'certificate-chain')
if (!chain) throw new Error('the vectors have lost their chain')
const trust = createSignerTrust({
  roots: [new X509Certificate(chain.root)],
  intermediates: [new X509Certificate(chain.intermediate)],
  signers: ['中国银联股份有限公司'],
})

describe('published messages', () => {
  test.each(vectors.filter((vector) => vector.kind === 'verify-message'))('$name', ({ params, expected }) => {
    const fields = new Map(Object.entries(params))
    expect(verifyMessage(fields, trust, SIGNED_AT).ok).toBe(expected.verified)

    const form = readForm(encodeForm(params))
    expect(form.ok && verifyMessage(form.value, trust, SIGNED_AT).ok).toBe(expected.verified)
  })
})

test('the chain of the test environment, at the time of its messages and no other', () => {
  const verdict = (day: string) => trust.keyOf(chain.leaf, new Date(day)).ok
  expect(['2020-07-30', '2020-08-01', '2025-07-30', '2025-08-01', '2020-08-01'].map(verdict)).toEqual([
    false,
    true,
    true,
    false,
    true,
  ])
})

test('the merchant’s file with its old ciphers: key, certificate, and its number in decimal', () => {
  const own = vectors.find((vector) => vector.kind === 'cert-id')
  if (!own) throw new Error('the vectors have lost the merchant’s file')
  const opened = openPfx(Buffer.from(own.pfxBase64, 'base64'), own.password)
  if (!opened.ok) throw new Error(opened.error.reason)
  expect(certIdOf(opened.value.certificate)).toBe(own.expected.certId)
  expect(opened.value.certificate.validToDate.toISOString()).toBe('2026-11-26T02:31:47.000Z')
  expect(opened.value.certificate.raw).toEqual(new X509Certificate(own.certificate).raw)
})
