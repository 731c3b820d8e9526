import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { type Identity, issueCertificate, type Subject } from '../keys/issue-certificate.ts'
import { type KeyFiles, newSerial, openKeyFiles, publicPem } from '../keys/key-files.ts'
import { packPfx } from '../keys/pack-pfx.ts'

/** A certificate as a message carries it, lines ended by CR LF, and the key that signs beside it. */
export interface Signer {
  readonly certificatePem: string
  readonly privateKey: KeyObject
}

/** Whose signature must not be taken for the gateway's. */
export type FalseSigner = 'foreign_certificate' | 'wrong_name' | 'expired_certificate' | 'future_certificate'

export interface UnionpayKeys {
  /** The decimal serial number of the merchant's certificate. */
  readonly merchantCertId: string
  readonly merchantPublicKey: KeyObject
  /** The newest certificate of the gateway. */
  signer(): Signer
  readonly falseSigners: Readonly<Record<FalseSigner, Signer>>
  /** Belongs to no certificate that a message shows. */
  readonly strangerKey: KeyObject
  /** With which a merchant encrypts card numbers, PEM. */
  readonly encryptCertificatePem: string
  /** Issues a new certificate of the gateway with a new key under the same intermediate. */
  rotate(now: Date): Signer
  /** Absolute path of a file that the merchant needs. */
  file(name: MerchantFile): string
}

/** Named as UnionPay names them in the packets that it sends to merchants. */
export const MERCHANT_FILES = {
  keyStore: 'acp_sandbox_sign.pfx',
  merchantKey: 'acp_sandbox_sign.key',
  merchantCertificate: 'acp_sandbox_sign.cer',
  intermediateCertificate: 'acp_sandbox_middle.cer',
  rootCertificate: 'acp_sandbox_root.cer',
} as const
type MerchantFile = keyof typeof MERCHANT_FILES

/** The same for every test merchant of UnionPay. */
export const KEY_STORE_PASSWORD = '000000'

const AUTHORITY = { organisation: 'Comptoir Sandbox', unit: 'Certification Authority' } as const
const ENTERPRISE = { organisation: 'Sandbox OCA1', unit: 'Enterprises' } as const
const UNIONPAY_NAME = '041@Z2026@中国银联股份有限公司@00016495'
const SUBJECTS = {
  root: { ...AUTHORITY, commonName: 'SANDBOX CS CA' },
  intermediate: { ...AUTHORITY, commonName: 'SANDBOX OCA1' },
  gateway: { ...ENTERPRISE, commonName: UNIONPAY_NAME },
  merchant: { ...ENTERPRISE, commonName: '041@Z2026@777290000000001:SIGN@00000001' },
  encryption: { ...ENTERPRISE, commonName: '041@Z2026@00040000:ENC@00000002' },
  other: { ...ENTERPRISE, commonName: '041@Z2026@演示商户有限公司@00000003' },
} as const satisfies Record<string, Subject>

/**
 * Reads the keys and certificates of the gateway and of its demo merchant; makes what is missing.
 * @param folder private to the sandbox; key files are written with mode 600
 */
export function openKeys(folder: string, now: Date): UnionpayKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = openKeyFiles(folder)
  const chain = openChain(files, now)
  const merchantKey = files.privateKey(MERCHANT_FILES.merchantKey)
  const merchantPem = files.once(MERCHANT_FILES.merchantCertificate, () => chain.issue('merchant', merchantKey, now))
  const keyStore = files.path(MERCHANT_FILES.keyStore)
  if (!existsSync(keyStore))
    writeFileSync(
      keyStore,
      packPfx(merchantKey, [merchantPem, chain.intermediatePem, chain.rootPem], KEY_STORE_PASSWORD),
      { mode: 0o600, flag: 'wx' },
    )

  let signers = readSigners(files, chain, now)
  return {
    merchantCertId: certId(merchantPem),
    merchantPublicKey: createPublicKey(merchantKey),
    signer: () => last(signers),
    falseSigners: makeFalseSigners(files, chain, now),
    strangerKey: createPrivateKey(files.privateKey('stranger.key')),
    encryptCertificatePem: files.once('encryption.cer', () =>
      chain.issue('encryption', files.privateKey('encryption.key'), now),
    ),
    rotate(when) {
      issueSigner(files, chain, signers.length + 1, when)
      signers = readSigners(files, chain, when)
      return last(signers)
    },
    file: (name) => files.path(MERCHANT_FILES[name]),
  }
}

/** @returns the serial number in decimal, by which a request names the certificate that signed it */
export const certId = (pem: string): string => BigInt(`0x${new X509Certificate(pem).serialNumber}`).toString()

interface Chain {
  readonly rootPem: string
  readonly intermediatePem: string
  issue(subject: keyof typeof SUBJECTS, keyPem: string, from: Date, years?: number): string
}

const AUTHORITY_AGE_YEARS = 3
const SERIAL_BYTES = 5

/** Older than its leaves, so that one of them can have expired. */
function openChain(files: KeyFiles, now: Date): Chain {
  const authority = { authority: true, from: yearsFrom(now, -AUTHORITY_AGE_YEARS), years: 20 }
  const rootKey = files.privateKey('root.key')
  const rootPem = files.once(MERCHANT_FILES.rootCertificate, () =>
    issueCertificate(
      { ...authority, subject: SUBJECTS.root, publicKeyPem: publicPem(rootKey), serialHex: newSerial(SERIAL_BYTES) },
      { privateKeyPem: rootKey },
    ),
  )
  const middleKey = files.privateKey('intermediate.key')
  const publicKeyPem = publicPem(middleKey)
  const intermediatePem = files.once(MERCHANT_FILES.intermediateCertificate, () =>
    issueCertificate(
      { ...authority, subject: SUBJECTS.intermediate, publicKeyPem, serialHex: newSerial(SERIAL_BYTES) },
      { certificatePem: rootPem, privateKeyPem: rootKey },
    ),
  )
  const middle: Identity = { certificatePem: intermediatePem, privateKeyPem: middleKey }
  return {
    rootPem,
    intermediatePem,
    issue: (subject, keyPem, from, years = 5) => issueCertificate(leafOf(subject, keyPem, from, years), middle),
  }
}

const leafOf = (subject: keyof typeof SUBJECTS, keyPem: string, from: Date, years: number) => ({
  subject: SUBJECTS[subject],
  publicKeyPem: publicPem(keyPem),
  serialHex: newSerial(SERIAL_BYTES),
  authority: false,
  // A clock that goes a little slow should not find it "not valid yet".
  from: new Date(from.getTime() - 24 * 60 * 60 * 1000),
  years,
})

function issueSigner(files: KeyFiles, chain: Chain, number: number, from: Date): Signer {
  const keyPem = files.privateKey(`gateway-${number}.key`)
  return signerOf(
    files.once(`gateway-${number}.cer`, () => chain.issue('gateway', keyPem, from)),
    keyPem,
  )
}

function readSigners(files: KeyFiles, chain: Chain, now: Date): Signer[] {
  const issued = readdirSync(files.path('.')).filter((name) => /^gateway-\d+\.cer$/.test(name)).length
  return Array.from({ length: Math.max(issued, 1) }, (_, index) => issueSigner(files, chain, index + 1, now))
}

function makeFalseSigners(files: KeyFiles, chain: Chain, now: Date): UnionpayKeys['falseSigners'] {
  const keyPem = files.privateKey('false.key')
  const issued = (name: string, make: () => string) => signerOf(files.once(`${name}.cer`, make), keyPem)
  return {
    foreign_certificate: issued('foreign', () =>
      issueCertificate(leafOf('gateway', keyPem, now, 5), { privateKeyPem: keyPem }),
    ),
    wrong_name: issued('other', () => chain.issue('other', keyPem, now)),
    expired_certificate: issued('expired', () => chain.issue('gateway', keyPem, yearsFrom(now, -2), 1)),
    future_certificate: issued('future', () => chain.issue('gateway', keyPem, yearsFrom(now, 10))),
  }
}

const signerOf = (pem: string, keyPem: string): Signer => ({
  certificatePem: pem.trimEnd().replaceAll('\n', '\r\n'),
  privateKey: createPrivateKey(keyPem),
})

function yearsFrom(now: Date, years: number): Date {
  const date = new Date(now)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date
}

function last(signers: readonly Signer[]): Signer {
  const signer = signers.at(-1)
  if (!signer) throw new Error('The gateway has no certificate')
  return signer
}
