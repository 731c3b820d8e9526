import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Identity, issueCertificate, type Subject } from '../keys/issue-certificate.ts'
import { type KeyFiles, newSerial, openKeyFiles, publicPem } from '../keys/key-files.ts'
import { certificateSn, rootFileSn, splitPem } from './certificates.ts'

/** One of the gateway's signing certificates; the newest signs, all can be downloaded. */
export interface GatewayCertificate {
  readonly sn: string
  /** Leaf first, then its intermediate. */
  readonly pem: string
  readonly privateKey: KeyObject
}

export interface AlipayKeys {
  /** Key mode: the gateway signs with it for ever. */
  readonly gatewayKey: KeyObject
  readonly gatewayPublicKeyPem: string
  readonly merchantPrivateKeyPem: string
  readonly merchantPublicKey: KeyObject
  /** A pair that belongs to nobody, for forged messages. */
  readonly strangerKey: KeyObject
  /** base64 of 16 bytes */
  readonly encryptKey: string
  readonly appCertificateSn: string
  readonly rootSn: string
  certificates(): readonly GatewayCertificate[]
  signingCertificate(): GatewayCertificate
  /** Issues a new signing certificate with a new key under the same root. */
  rotate(now: Date): GatewayCertificate
  /** Absolute path of a file that the merchant needs. */
  file(name: MerchantFile): string
}

export const MERCHANT_FILES = {
  appCertificate: 'appCertPublicKey.crt',
  alipayCertificate: 'alipayCertPublicKey_RSA2.crt',
  rootCertificates: 'alipayRootCert.crt',
  merchantKey: 'merchant-private-key.pem',
  gatewayPublicKey: 'alipay-public-key.pem',
} as const
type MerchantFile = keyof typeof MERCHANT_FILES

const ORGANISATION = 'Comptoir Sandbox'
const SUBJECTS = {
  root: { organisation: ORGANISATION, unit: 'Certification Authority', commonName: 'Sandbox Root Authority R1' },
  intermediate: {
    organisation: ORGANISATION,
    unit: 'Certification Authority',
    commonName: 'Sandbox Authority Class 2 R1',
  },
  gateway: { organisation: ORGANISATION, unit: 'Sandbox gateway', commonName: 'Alipay sandbox gateway' },
  app: { organisation: 'Sandbox merchant', unit: 'Sandbox app', commonName: 'Sandbox app' },
} as const satisfies Record<string, Subject>

/**
 * Reads the keys and certificates of the gateway and of its demo merchant; makes what is missing.
 * @param folder private to the sandbox; key files are written with mode 600
 */
export function openKeys(folder: string, now: Date): AlipayKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = openKeyFiles(folder)
  const gatewayPem = files.privateKey('gateway-private-key.pem')
  const merchantPem = files.privateKey(MERCHANT_FILES.merchantKey)
  files.once(MERCHANT_FILES.gatewayPublicKey, () => publicPem(gatewayPem))

  const chain = openChain(files, now)
  files.once(MERCHANT_FILES.appCertificate, () => chain.issue(SUBJECTS.app, merchantPem))
  files.once(MERCHANT_FILES.alipayCertificate, () => chain.issue(SUBJECTS.gateway, gatewayPem))

  const readCertificates = () => listCertificates(folder, gatewayPem)
  let certificates = readCertificates()
  return {
    gatewayKey: createPrivateKey(gatewayPem),
    gatewayPublicKeyPem: publicPem(gatewayPem),
    merchantPrivateKeyPem: merchantPem,
    merchantPublicKey: createPublicKey(merchantPem),
    strangerKey: createPrivateKey(files.privateKey('stranger-private-key.pem')),
    encryptKey: files.once('encrypt-key.txt', () => randomBytes(16).toString('base64'), 0o600),
    appCertificateSn: certificateSn(files.read(MERCHANT_FILES.appCertificate)),
    rootSn: rootFileSn(files.read(MERCHANT_FILES.rootCertificates)),
    certificates: () => certificates,
    signingCertificate: () => last(certificates),
    rotate(when) {
      const number = certificates.length + 1
      const pem = files.privateKey(`rotated-${number}-private-key.pem`)
      files.once(`rotated-${number}.crt`, () => openChain(files, when).issue(SUBJECTS.gateway, pem))
      certificates = readCertificates()
      return last(certificates)
    },
    file: (name) => join(folder, MERCHANT_FILES[name]),
  }
}

function openChain(files: KeyFiles, now: Date) {
  const from = new Date(now.getTime() - 24 * 60 * 60 * 1000)
  const rootKey = files.privateKey('root-private-key.pem')
  const authority = { authority: true, from, years: 20 }
  const rootPem = files.once(MERCHANT_FILES.rootCertificates, () =>
    issueCertificate(
      { ...authority, subject: SUBJECTS.root, publicKeyPem: publicPem(rootKey), serialHex: newSerial(16) },
      { privateKeyPem: rootKey },
    ),
  )
  const root: Identity = { certificatePem: rootPem, privateKeyPem: rootKey }
  const middleKey = files.privateKey('intermediate-private-key.pem')
  const middlePem = files.once('intermediate.crt', () =>
    issueCertificate(
      { ...authority, subject: SUBJECTS.intermediate, publicKeyPem: publicPem(middleKey), serialHex: newSerial(16) },
      root,
    ),
  )
  const middle: Identity = { certificatePem: middlePem, privateKeyPem: middleKey }
  return {
    /** Leaf and intermediate, as the files of the open platform hold them. */
    issue: (subject: Subject, keyPem: string): string =>
      issueCertificate(
        { subject, publicKeyPem: publicPem(keyPem), serialHex: newSerial(16), authority: false, from, years: 5 },
        middle,
      ) + middlePem,
  }
}

function listCertificates(folder: string, gatewayPem: string): GatewayCertificate[] {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const rotated = readdirSync(folder)
    .filter((name) => /^rotated-\d+\.crt$/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const first = certificateOf(read(MERCHANT_FILES.alipayCertificate), gatewayPem)
  return [first, ...rotated.map((name) => certificateOf(read(name), read(name.replace('.crt', '-private-key.pem'))))]
}

const certificateOf = (pem: string, keyPem: string): GatewayCertificate => ({
  sn: certificateSn(splitPem(pem)[0] ?? ''),
  pem,
  privateKey: createPrivateKey(keyPem),
})

function last(certificates: readonly GatewayCertificate[]): GatewayCertificate {
  const certificate = certificates.at(-1)
  if (!certificate) throw new Error('The gateway has no certificate')
  return certificate
}
