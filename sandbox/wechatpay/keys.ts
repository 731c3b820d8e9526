import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { type Identity, issueCertificate, type Subject } from '../keys/issue-certificate.ts'
import { type KeyFiles, newSerial, openKeyFiles, publicPem } from '../keys/key-files.ts'

/** A key that the platform signs with. The serial is a certificate's, or the id of the platform's public key. */
export interface PlatformKey {
  readonly serial: string
  readonly privateKey: KeyObject
}

export interface PlatformCertificate extends PlatformKey {
  readonly pem: string
  /** Milliseconds since the epoch. */
  readonly effectiveAt: number
  readonly expiresAt: number
}

export interface WechatPayKeys {
  readonly merchantSerial: string
  readonly merchantPublicKey: KeyObject
  readonly merchantPrivateKeyPem: string
  /** 32 characters, which are the 32 bytes of an AES-256 key. */
  readonly apiV3Key: string
  readonly publicKey: PlatformKey & { readonly pem: string }
  /** A pair and an AES key that belong to nobody, for forged messages. */
  readonly strangerKey: KeyObject
  readonly strangerApiV3Key: string
  /** Oldest first. */
  certificates(): readonly PlatformCertificate[]
  /** A successor with a new key. */
  issueCertificate(now: Date): PlatformCertificate
  /** Absolute path of a file that the merchant needs. */
  file(name: MerchantFile): string
}

export const MERCHANT_FILES = {
  merchantKey: 'apiclient_key.pem',
  merchantCertificate: 'apiclient_cert.pem',
  publicKey: 'pub_key.pem',
  apiV3Key: 'api-v3-key.txt',
} as const
type MerchantFile = keyof typeof MERCHANT_FILES

const ORGANISATION = 'Comptoir Sandbox'
const SUBJECTS = {
  root: { organisation: ORGANISATION, unit: 'Certification Authority', commonName: 'WeChat Pay sandbox root' },
  merchant: { organisation: 'Sandbox merchant', unit: 'Sandbox merchant', commonName: '1900000109' },
  platform: { organisation: ORGANISATION, unit: 'Sandbox gateway', commonName: 'WeChat Pay sandbox platform' },
} as const satisfies Record<string, Subject>

const SERIAL_BYTES = 20

/**
 * Reads the keys and certificates of the platform and of its demo merchant; makes what is missing.
 * @param folder private to the sandbox; key files are written with mode 600
 */
export function openKeys(folder: string, now: Date): WechatPayKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = openKeyFiles(folder)
  const issuer = openIssuer(files, now)
  const merchantPem = files.privateKey(MERCHANT_FILES.merchantKey)
  const merchantCertificate = files.once(MERCHANT_FILES.merchantCertificate, () =>
    issuer.issue(SUBJECTS.merchant, merchantPem, now),
  )
  const issuePlatform = (number: number, from: Date) => {
    const keyPem = files.privateKey(`platform-${number}-private-key.pem`)
    files.once(`platform-${number}.crt`, () => issuer.issue(SUBJECTS.platform, keyPem, from))
  }
  issuePlatform(1, now)
  const publicKeyPem = files.privateKey('public-key-private-key.pem')
  files.once(MERCHANT_FILES.publicKey, () => publicPem(publicKeyPem))

  let certificates = listCertificates(files, folder)
  return {
    merchantSerial: new X509Certificate(merchantCertificate).serialNumber,
    merchantPublicKey: createPublicKey(merchantPem),
    merchantPrivateKeyPem: merchantPem,
    apiV3Key: files.once(MERCHANT_FILES.apiV3Key, newApiV3Key, 0o600),
    publicKey: {
      serial: files.once('pub_key_id.txt', newPublicKeyId),
      privateKey: createPrivateKey(publicKeyPem),
      pem: files.read(MERCHANT_FILES.publicKey),
    },
    strangerKey: createPrivateKey(files.privateKey('stranger-private-key.pem')),
    strangerApiV3Key: files.once('stranger-api-v3-key.txt', newApiV3Key, 0o600),
    certificates: () => certificates,
    issueCertificate(when) {
      issuePlatform(certificates.length + 1, when)
      certificates = listCertificates(files, folder)
      return newest(certificates)
    },
    file: (name) => files.path(MERCHANT_FILES[name]),
  }
}

function openIssuer(files: KeyFiles, now: Date) {
  const privateKeyPem = files.privateKey('root-private-key.pem')
  const certificatePem = files.once('root.crt', () =>
    issueCertificate(
      {
        subject: SUBJECTS.root,
        publicKeyPem: publicPem(privateKeyPem),
        serialHex: newSerial(SERIAL_BYTES),
        authority: true,
        from: yesterday(now),
        years: 20,
      },
      { privateKeyPem },
    ),
  )
  const root: Identity = { certificatePem, privateKeyPem }
  return {
    issue: (subject: Subject, keyPem: string, from: Date): string =>
      issueCertificate(
        {
          subject,
          publicKeyPem: publicPem(keyPem),
          serialHex: newSerial(SERIAL_BYTES),
          authority: false,
          from: yesterday(from),
          years: 5,
        },
        root,
      ),
  }
}

/** A clock a little behind ours must not find a certificate of the future. */
const yesterday = (instant: Date): Date => new Date(instant.getTime() - 24 * 60 * 60 * 1000)

function listCertificates(files: KeyFiles, folder: string): PlatformCertificate[] {
  return readdirSync(folder)
    .filter((name) => /^platform-\d+\.crt$/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => {
      const pem = files.read(name)
      const certificate = new X509Certificate(pem)
      return {
        serial: certificate.serialNumber,
        pem,
        privateKey: createPrivateKey(files.read(name.replace('.crt', '-private-key.pem'))),
        effectiveAt: Date.parse(certificate.validFrom),
        expiresAt: Date.parse(certificate.validTo),
      }
    })
}

export function newest(certificates: readonly PlatformCertificate[]): PlatformCertificate {
  const certificate = certificates.at(-1)
  if (!certificate) throw new Error('The platform has no certificate')
  return certificate
}

const newApiV3Key = (): string => randomBytes(16).toString('hex')

/** As the merchant platform shows it: the prefix and 34 digits. */
const newPublicKeyId = (): string =>
  `PUB_KEY_ID_0119000001092${BigInt(`0x${randomBytes(16).toString('hex')}`)
    .toString()
    .padStart(39, '0')
    .slice(-21)}`
