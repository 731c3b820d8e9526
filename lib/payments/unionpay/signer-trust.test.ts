import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../testing/make-certificate.ts'
import { createSignerTrust } from './signer-trust.ts'
import { intermediate, merchant, NOW, root, trust, UNIONPAY_NAME, unionpay } from './testing/unionpay-double.ts'

const otherRoot = makeCertificate({ name: 'Root of a test', isAuthority: true })
const otherIntermediate = makeCertificate({ name: 'Intermediate of a test', issuer: otherRoot, isAuthority: true })
const leaf = (changes: Partial<Parameters<typeof makeCertificate>[0]>) =>
  makeCertificate({ name: UNIONPAY_NAME, issuer: intermediate, ...changes }).pem

describe('a certificate that a message brings along is refused', () => {
  const cases: [name: string, pem: string, reason: string][] = [
    ['self-signed with the right name', makeCertificate({ name: UNIONPAY_NAME }).pem, 'no chain'],
    ['by an authority of the same name', leaf({ issuer: otherIntermediate }), 'no chain'],
    ['by a leaf of the right authority', leaf({ issuer: merchant }), 'no chain'],
    ['right authority, a merchant’s name', merchant.pem, 'made out to 777290058110048:SIGN'],
    ['right authority, no @ at all', leaf({ name: '中国银联股份有限公司' }), 'made out to nobody'],
    ['the name in another part', leaf({ name: '中国银联股份有限公司@2@3@4' }), 'made out to 3'],
    ['the name with more to it', leaf({ name: '041@1@中国银联股份有限公司X@4' }), 'made out to 中国银联股份有限公司X'],
    ['the name of the test environment, where it is not one', leaf({ name: '041@1@00040000:SIGN@4' }), 'made out to'],
    ['a subject with a second line', leaf({ name: 'x@y@z\nCN=041@1@中国银联股份有限公司@4' }), 'made out to z'],
    ['expired', leaf({ to: '2026-11-20' }), 'expired or not yet valid'],
    ['not yet valid', leaf({ from: '2026-11-23' }), 'expired or not yet valid'],
    ['the intermediate itself', intermediate.pem, 'made out to nobody'],
    [
      'a key in its place',
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'no certificate',
    ],
    ['two of them', `${unionpay.pem}${merchant.pem}`, 'no certificate'],
    ['words around it', `x${unionpay.pem}`, 'no certificate'],
    ['cut', unionpay.pem.slice(0, 400), 'no certificate'],
    ['rubbish in the armour', unionpay.pem.replace(/[A-Za-z]{20}\n/, 'AAAA\n'), ''],
    ['nothing', '', 'no certificate'],
  ]
  test.each(cases)('%s', (_name, pem, reason) => {
    expect(trust().keyOf(pem, NOW)).toMatchObject({
      ok: false,
      error: { code: 'bad_certificate', reason: expect.stringContaining(reason) },
    })
  })

  test('under an authority whose own time is over', () => {
    const ended = makeCertificate({ name: 'Ended', issuer: root, isAuthority: true, to: '2026-11-20' })
    const believes = createSignerTrust({
      roots: [new X509Certificate(root.pem)],
      intermediates: [new X509Certificate(ended.pem)],
      signers: ['中国银联股份有限公司'],
    })
    expect(believes.keyOf(leaf({ issuer: ended }), NOW).ok).toBe(false)
    expect(believes.keyOf(leaf({ issuer: ended }), new Date('2026-11-19T00:00:00Z')).ok).toBe(true)
  })
})

test('line ends of any kind, and each text is looked at for itself', () => {
  for (const end of ['\n', '\r\n', '\r']) expect(trust().keyOf(unionpay.pem.replaceAll('\n', end), NOW).ok).toBe(true)
})

test('UnionPay changes its certificate while we run, and both are believed', () => {
  const believes = trust()
  const next = leaf({ from: '2026-11-01' })
  for (let time = 0; time < 2; time++)
    for (const pem of [unionpay.pem, next]) expect(believes.keyOf(pem, NOW).ok).toBe(true)
})

test('a remembered certificate is believed no longer than it lasts, by the clock that is given', () => {
  const believes = trust()
  const short = leaf({ from: '2026-11-01', to: '2026-12-01' })
  const verdict = (day: string) => believes.keyOf(short, new Date(day)).ok
  expect(['2026-11-21', '2026-12-02', '2026-10-31', '2026-11-30'].map(verdict)).toEqual([true, false, false, true])
})

test('strangers who write it in a thousand ways fill no memory and lock nobody out', () => {
  const believes = trust()
  for (let blanks = 1; blanks <= 1000; blanks++)
    expect(believes.keyOf(unionpay.pem + ' '.repeat(blanks), NOW).ok).toBe(true)
  expect(believes.keyOf(unionpay.pem, NOW).ok).toBe(true)
})
