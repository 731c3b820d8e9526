import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** What an authenticator may be made to say that it should not. */
export type Twist = {
  readonly origin?: string
  readonly type?: string
  readonly site?: string
  readonly flags?: number
  readonly counter?: number
  readonly crossOrigin?: boolean
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const PRESENT_AND_VERIFIED = 0x05
const ATTESTED = 0x40

/** An authenticator in memory that does what the specification says, or what a test wants. */
export function newSoftPasskey(origin: string, kind: 'ec' | 'rsa' = 'ec') {
  const { publicKey, privateKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  const id = randomBytes(32)
  let count = 0

  const clientData = (type: string, challenge: string, twist: Twist): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: twist.type ?? type,
        challenge,
        origin: twist.origin ?? origin,
        crossOrigin: twist.crossOrigin ?? false,
      }),
    )
  const authenticatorData = (flags: number, twist: Twist): Buffer => {
    const head = Buffer.alloc(5)
    head.writeUInt8(twist.flags ?? flags, 0)
    head.writeUInt32BE(twist.counter ?? ++count, 1)
    return Buffer.concat([sha256(twist.site ?? new URL(origin).hostname), head])
  }
  const asText = (fields: Record<string, Buffer>): string =>
    JSON.stringify(
      Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, bytes.toString('base64url')])),
    )

  return {
    id,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }),
    register(challenge: string, twist: Twist = {}): string {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const said = authenticatorData(PRESENT_AND_VERIFIED | ATTESTED, { counter: 0, ...twist })
      return asText({
        id,
        clientData: clientData('webauthn.create', challenge, twist),
        authenticatorData: Buffer.concat([said, Buffer.alloc(16), length, id]),
        publicKey: publicKey.export({ format: 'der', type: 'spki' }),
      })
    },
    sign(challenge: string, twist: Twist = {}): string {
      const client = clientData('webauthn.get', challenge, twist)
      const said = authenticatorData(PRESENT_AND_VERIFIED, twist)
      const signature = createSign('sha256').update(said).update(sha256(client)).sign(privateKey)
      return asText({ id, clientData: client, authenticatorData: said, signature })
    },
  }
}
