import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A certificate with its key, made on the spot so that no key lies in the repository. */
export type TestIdentity = { readonly pem: string; readonly privateKey: KeyObject; readonly name: string }

type Options = {
  readonly name: string
  readonly issuer?: TestIdentity
  readonly isAuthority?: boolean
  readonly from?: string
  readonly to?: string
  readonly serial?: Uint8Array
}

/** X.509 version 3 over RSA 2048 and SHA-256: self-signed unless there is an issuer. */
export function makeCertificate({
  name,
  issuer,
  isAuthority = false,
  serial = Buffer.from(`4${randomBytes(16).toString('hex').slice(1)}`, 'hex'),
  ...valid
}: Options): TestIdentity {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { from = '2020-01-01', to = '2040-01-01' } = valid
  const issuerKey = issuer?.privateKey ?? pair.privateKey
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    SHA256_WITH_RSA,
    nameOf(issuer?.name ?? name),
    sequence(utcTime(from), utcTime(to)),
    nameOf(name),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    ...(isAuthority ? [der(0xa3, sequence(BASIC_CONSTRAINTS_CA))] : []),
  )
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', toBeSigned, issuerKey)]))
  const base64 = sequence(toBeSigned, SHA256_WITH_RSA, signature)
    .toString('base64')
    .match(/.{1,64}/g)
  const pem = `-----BEGIN CERTIFICATE-----\n${base64?.join('\n')}\n-----END CERTIFICATE-----\n`
  return { pem, privateKey: pair.privateKey, name }
}

function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}

const sequence = (...contents: Uint8Array[]): Buffer => der(0x30, ...contents)
const integer = (bytes: Uint8Array): Buffer =>
  der(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
const utcTime = (day: string): Buffer => der(0x17, Buffer.from(`${day.slice(2).replaceAll('-', '')}000000Z`))
const nameOf = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(commonName)))))

const SHA256_WITH_RSA = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
const BASIC_CONSTRAINTS_CA = Buffer.from('300f0603551d130101ff040530030101ff', 'hex')
