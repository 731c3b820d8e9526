import forge from 'node-forge'

export interface Identity {
  readonly certificatePem: string
  readonly privateKeyPem: string
}

/** From the country down, the order in which a certificate holds them. */
export interface Subject {
  readonly organisation: string
  readonly unit: string
  readonly commonName: string
}

interface IssueOptions {
  readonly subject: Subject
  readonly publicKeyPem: string
  readonly serialHex: string
  readonly authority: boolean
  readonly from: Date
  readonly years: number
}

/** Names may be Chinese. The library's code reads an ASN.1 type here, its types ask for a class. */
const UTF8 = { valueTagClass: forge.asn1.Type.UTF8 as number as forge.asn1.Class }

const attributesOf = ({ organisation, unit, commonName }: Subject): forge.pki.CertificateField[] => [
  { name: 'countryName', value: 'CN' },
  { name: 'organizationName', value: organisation, ...UTF8 },
  { name: 'organizationalUnitName', value: unit, ...UTF8 },
  { name: 'commonName', value: commonName, ...UTF8 },
]

/** Signs a certificate with the issuer's key, or with the subject's own when there is no issuer (a root). */
export function issueCertificate(options: IssueOptions, issuer: Identity | { privateKeyPem: string }): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(options.publicKeyPem)
  certificate.serialNumber = options.serialHex
  certificate.validity.notBefore = options.from
  certificate.validity.notAfter = new Date(options.from)
  certificate.validity.notAfter.setUTCFullYear(options.from.getUTCFullYear() + options.years)
  certificate.setSubject(attributesOf(options.subject))
  certificate.setIssuer(
    'certificatePem' in issuer
      ? forge.pki.certificateFromPem(issuer.certificatePem).subject.attributes
      : attributesOf(options.subject),
  )
  certificate.setExtensions([
    { name: 'basicConstraints', cA: options.authority, critical: true },
    options.authority
      ? { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
      : { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(issuer.privateKeyPem), forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n')
}
