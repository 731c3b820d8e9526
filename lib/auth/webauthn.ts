import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../result.ts'

// What a relying party must look at when a passkey is made and when it signs: Web Authentication, Level 3, sections 7.1
// and 7.2, without attestation. We ask for none, so there is no CBOR to read: the browser hands over the public key, and
// what the authenticator said has a fixed form up to the credential's id.

const Bytes = z
  .string()
  .max(4_000)
  .regex(/^[A-Za-z0-9_-]+$/)
  .transform((text) => Buffer.from(text, 'base64url'))

/** What the browser sends of a new passkey (`components/passkey/make-passkey.ts`). */
const Registration = z.strictObject({ id: Bytes, clientData: Bytes, authenticatorData: Bytes, publicKey: Bytes })
/** What the browser sends when a passkey has signed. */
const Assertion = z.strictObject({ id: Bytes, clientData: Bytes, authenticatorData: Bytes, signature: Bytes })
const ClientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
})

/** What a ceremony is judged against. @property origin of the shop, as in its address. */
export type Ceremony = {
  readonly origin: string
  /** True for a challenge that we gave for this ceremony; it is spent by its caller. */
  readonly isOurs: (challenge: string) => boolean
}
export type NewPasskey = { readonly id: Buffer; readonly publicKey: Buffer; readonly counter: number }
export type KnownPasskey = { readonly publicKey: Buffer; readonly counter: number }
export type Signed = { readonly id: Buffer; readonly counter: number; readonly challenge: string }

export type PasskeyRefusal = { readonly code: 'not_right'; readonly reason: string }
const refuse = (reason: string) => err({ code: 'not_right', reason } as const)

const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 } as const
const RP_HASH_BYTES = 32
const FLAGS_AT = RP_HASH_BYTES
const COUNTER_AT = FLAGS_AT + 1
const AAGUID_AT = COUNTER_AT + 4
const ID_LENGTH_AT = AAGUID_AT + 16
const RSA_BITS_AT_LEAST = 2048

/** The id of a new passkey, its public key and its count. @param text JSON of the browser. */
export function readRegistration(text: string, ceremony: Ceremony): Result<NewPasskey & Signed, PasskeyRefusal> {
  const parsed = Registration.safeParse(readJson(text))
  if (!parsed.success) return refuse('not the answer of a browser')
  const { id, clientData, authenticatorData, publicKey } = parsed.data
  const said = judgeCeremony(clientData, authenticatorData, 'webauthn.create', ceremony)
  if (!said.ok) return said
  if (!(said.value.flags & FLAG.attested) || authenticatorData.length < ID_LENGTH_AT + 2) return refuse('no credential')
  const idAt = ID_LENGTH_AT + 2
  const saidId = authenticatorData.subarray(idAt, idAt + authenticatorData.readUInt16BE(ID_LENGTH_AT))
  if (!saidId.equals(id)) return refuse('another id than the authenticator said')
  if (readKey(publicKey) === null) return refuse('a key of a kind that we do not take')
  const { counter, challenge } = said.value
  return ok({ id, publicKey, counter, challenge })
}

/** The id that an assertion names, so that its passkey can be found; null for what is none. */
export const passkeyIdIn = (text: string): Buffer | null => Assertion.safeParse(readJson(text)).data?.id ?? null

/**
 * Judges what a passkey has signed: for us, on this origin, just asked for, by somebody who showed the device that it is
 * them, with the key that we know, and not by a copy whose count lags behind.
 */
export function judgeAssertion(
  text: string,
  passkey: KnownPasskey,
  ceremony: Ceremony,
): Result<Signed, PasskeyRefusal> {
  const parsed = Assertion.safeParse(readJson(text))
  if (!parsed.success) return refuse('not the answer of a browser')
  const { id, clientData, authenticatorData, signature } = parsed.data
  const said = judgeCeremony(clientData, authenticatorData, 'webauthn.get', ceremony)
  if (!said.ok) return said
  const key = readKey(passkey.publicKey)
  const signed = Buffer.concat([authenticatorData, sha256(clientData)])
  if (!key || !verify('sha256', signed, key, signature)) return refuse('the signature does not fit')
  const { counter, challenge } = said.value
  if ((counter > 0 || passkey.counter > 0) && counter <= passkey.counter) return refuse('the count of a copy')
  return ok({ id, counter, challenge })
}

/** What browser and authenticator say of a ceremony: both have to say that it is ours. */
function judgeCeremony(clientData: Buffer, authenticatorData: Buffer, type: string, ceremony: Ceremony) {
  const client = judgeClient(clientData, type, ceremony)
  if (!client.ok) return client
  const said = judgeAuthenticator(authenticatorData, ceremony)
  return said.ok ? ok({ ...said.value, challenge: client.value }) : said
}

function judgeClient(bytes: Buffer, type: string, { origin, isOurs }: Ceremony): Result<string, PasskeyRefusal> {
  const parsed = ClientData.safeParse(readJson(bytes.toString('utf8')))
  if (!parsed.success) return refuse('not what a browser says of itself')
  if (parsed.data.type !== type) return refuse('another ceremony')
  if (parsed.data.origin !== origin || parsed.data.crossOrigin) return refuse('another origin')
  if (!isOurs(parsed.data.challenge)) return refuse('a challenge that we did not give, or too long ago')
  return ok(parsed.data.challenge)
}

function judgeAuthenticator(
  bytes: Buffer,
  { origin }: Ceremony,
): Result<{ readonly flags: number; readonly counter: number }, PasskeyRefusal> {
  if (bytes.length < AAGUID_AT) return refuse('too short')
  const forUs = sha256(new URL(origin).hostname)
  if (!bytes.subarray(0, RP_HASH_BYTES).equals(forUs)) return refuse('for another site')
  const flags = bytes.readUInt8(FLAGS_AT)
  if (!(flags & FLAG.present) || !(flags & FLAG.verified)) return refuse('nobody was verified')
  return ok({ flags, counter: bytes.readUInt32BE(COUNTER_AT) })
}

/** ES256 and RS256, which between them every platform has; null for what is neither. */
function readKey(spki: Buffer): KeyObject | null {
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
    if (key.asymmetricKeyType === 'ec') return namedCurve === 'prime256v1' ? key : null
    return key.asymmetricKeyType === 'rsa' && modulusLength >= RSA_BITS_AT_LEAST ? key : null
  } catch {
    return null
  }
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
