import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../../result.ts'

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g
/** Signature algorithms of the PKCS#1 family; the SM2 and ECDSA roots in Alipay's file do not count. */
const RSA_SIGNATURES = '1.2.840.113549.1.1.'
const MAX_CHAIN = 5

export type CertificateError = { readonly code: 'bad_certificate'; readonly reason: string }
const refuse = (reason: string) => err({ code: 'bad_certificate', reason })

/** Every certificate of a PEM file, in its order. Null when there is none, or one that cannot be read. */
export function readCertificates(pem: string): readonly X509Certificate[] | null {
  try {
    const certificates = (pem.match(PEM) ?? []).map((armoured) => new X509Certificate(armoured))
    return certificates.length > 0 ? certificates : null
  } catch {
    return null
  }
}

/** Alipay's name for a certificate: MD5 in hex of the issuer, most specific part first, and the serial in decimal. */
export function certificateSn(certificate: X509Certificate): string {
  const issuer = certificate.issuer.split('\n').reverse().join(',')
  return createHash('md5')
    .update(`${issuer}${BigInt(`0x${certificate.serialNumber}`)}`)
    .digest('hex')
}

/** `alipay_root_cert_sn`: the names of the RSA-signed roots, joined by `_` in file order. */
export const rootCertificateSn = (roots: readonly X509Certificate[]): string =>
  roots.filter(isRsaSigned).map(certificateSn).join('_')

/** The last part of the subject, such as `支付宝(中国)网络技术有限公司-2088…`: whose key it is. */
export const commonName = (certificate: X509Certificate): string | null =>
  /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? null

/**
 * The key of `leaf`, once a chain leads from it to one of `roots` and every link is valid at `now`.
 * @param intermediates may hold anything: only links that are authorities and really signed are followed.
 */
export function keyByChain(
  leaf: X509Certificate,
  intermediates: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  now: Date,
): Result<KeyObject, CertificateError> {
  let link = leaf
  for (let length = 0; length < MAX_CHAIN; length++) {
    if (!isValidAt(link, now)) return refuse('a certificate of the chain is expired or not yet valid')
    const root = roots.find((candidate) => isIssuedBy(link, candidate))
    if (root) return isValidAt(root, now) ? ok(leaf.publicKey) : refuse('the root certificate has expired')
    const next = intermediates.find((candidate) => isIssuedBy(link, candidate) && candidate !== link)
    if (!next) break
    link = next
  }
  return refuse('no chain leads to the pinned roots')
}

const isRsaSigned = (certificate: X509Certificate): boolean =>
  certificate.signatureAlgorithmOid?.startsWith(RSA_SIGNATURES) === true

const isValidAt = (certificate: X509Certificate, now: Date): boolean =>
  certificate.validFromDate <= now && now <= certificate.validToDate

/** `checkIssued` alone compares names only; the signature is what counts. SM2 keys cannot be verified here and never match. */
function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  } catch {
    return false
  }
}
