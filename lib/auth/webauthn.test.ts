import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { newSoftPasskey, type Twist } from './testing/soft-passkey.ts'
import { judgeAssertion, readRegistration } from './webauthn.ts'

const ORIGIN = 'https://shop.example'
const CHALLENGE = Buffer.alloc(40, 7).toString('base64url')
const ceremony = { origin: ORIGIN, isOurs: (challenge: string) => challenge === CHALLENGE }

test.each(['ec', 'rsa'] as const)('a passkey (%s) is made, and what it signs is believed', (kind) => {
  const passkey = newSoftPasskey(ORIGIN, kind)
  const made = readRegistration(passkey.register(CHALLENGE), ceremony)
  if (!made.ok) throw new Error(made.error.reason)
  expect(made.value.id).toEqual(passkey.id)
  expect(judgeAssertion(passkey.sign(CHALLENGE), made.value, ceremony)).toMatchObject({
    ok: true,
    value: { counter: 1 },
  })
})

const TWISTS: readonly (readonly [string, Twist, RegExp])[] = [
  ['another origin', { origin: 'https://evil.example' }, /another origin/],
  ['our origin by http', { origin: 'http://shop.example' }, /another origin/],
  ['a frame of another site', { crossOrigin: true }, /another origin/],
  ['another site', { site: 'evil.example' }, /another site/],
  ['nobody present', { flags: 0x44 }, /nobody was verified/],
  ['nobody verified', { flags: 0x41 }, /nobody was verified/],
]

test.each(TWISTS)('%s is refused when a passkey is made and when it signs', (_, twist, reason) => {
  const passkey = newSoftPasskey(ORIGIN)
  const known = { publicKey: passkey.publicKey, counter: 0 }
  const refusal = { ok: false, error: { reason: expect.stringMatching(reason) } }
  expect(readRegistration(passkey.register(CHALLENGE, twist), ceremony)).toMatchObject(refusal)
  expect(judgeAssertion(passkey.sign(CHALLENGE, twist), known, ceremony)).toMatchObject(refusal)
})

test('a challenge of somebody else, and one ceremony passed for the other, are refused', () => {
  const passkey = newSoftPasskey(ORIGIN)
  const known = { publicKey: passkey.publicKey, counter: 0 }
  expect(judgeAssertion(passkey.sign('b3RoZXI'), known, ceremony).ok).toBe(false)
  expect(judgeAssertion(passkey.sign(CHALLENGE, { type: 'webauthn.create' }), known, ceremony).ok).toBe(false)
  expect(readRegistration(passkey.register(CHALLENGE, { type: 'webauthn.get' }), ceremony).ok).toBe(false)
})

test('a signature of another key, or over anything that was changed since, does not fit', () => {
  const [passkey, other] = [newSoftPasskey(ORIGIN), newSoftPasskey(ORIGIN)]
  const known = { publicKey: passkey.publicKey, counter: 0 }
  expect(judgeAssertion(other.sign(CHALLENGE), known, ceremony)).toMatchObject({ error: { reason: /signature/ } })
  const signed: Record<string, string> = JSON.parse(passkey.sign(CHALLENGE))
  for (const field of ['authenticatorData', 'signature'] as const) {
    const bytes = Buffer.from(signed[field] ?? '', 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x10
      const text = JSON.stringify({ ...signed, [field]: changed.toString('base64url') })
      expect(judgeAssertion(text, known, ceremony).ok, `${field} at ${at}`).toBe(false)
    }
  }
})

test.each([
  ['a first use of one that counts', 0, 1, true],
  ['one that never counts', 0, 0, true],
  ['the next count', 5, 6, true],
  ['the same count', 5, 5, false],
  ['an earlier count', 5, 4, false],
  ['no count where there was one', 5, 0, false],
])('%s: %i then %i', (_, kept, counter, believed) => {
  const passkey = newSoftPasskey(ORIGIN)
  const known = { publicKey: passkey.publicKey, counter: kept }
  expect(judgeAssertion(passkey.sign(CHALLENGE, { counter }), known, ceremony).ok).toBe(believed)
})

test('keys of other kinds are not taken: another curve, short RSA, Ed25519, none', () => {
  const keys = [
    generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
    generateKeyPairSync('rsa', { modulusLength: 1024 }),
    generateKeyPairSync('ed25519'),
  ].map(({ publicKey }) => publicKey.export({ format: 'der', type: 'spki' }))
  for (const publicKey of [...keys, Buffer.from('none')]) {
    const made: object = JSON.parse(newSoftPasskey(ORIGIN).register(CHALLENGE))
    const text = JSON.stringify({ ...made, publicKey: publicKey.toString('base64url') })
    expect(readRegistration(text, ceremony)).toMatchObject({ ok: false, error: { reason: /key/ } })
  }
})

test.each(['', '{}', '[]', 'null', '{"id":"!"}', '{"__proto__":{}}', `{"id":"${'A'.repeat(9_000)}"}`])(
  'what is no answer of a browser is refused: %s',
  (text) => {
    expect(readRegistration(text, ceremony).ok).toBe(false)
    expect(judgeAssertion(text, { publicKey: Buffer.alloc(1), counter: 0 }, ceremony).ok).toBe(false)
  },
)
