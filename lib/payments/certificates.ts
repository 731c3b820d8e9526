import { type KeyObject, X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../result.ts'

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g
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

/** The last part of the subject, such as `支付宝(中国)网络技术有限公司-2088…`: whose key it is. */
export const commonName = (certificate: X509Certificate): string | null =>
  /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? null

/**
 * The chain that leads from `leaf` to one of `roots`, both included, every link valid at `now`.
 * @param intermediates may hold anything: only links that are authorities and really signed are followed.
 */
export function findChain(
  leaf: X509Certificate,
  intermediates: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  now: Date,
): Result<readonly X509Certificate[], CertificateError> {
  const chain: X509Certificate[] = []
  let link = leaf
  while (chain.length < MAX_CHAIN) {
    if (!isValidAt(link, now)) return refuse('a certificate of the chain is expired or not yet valid')
    chain.push(link)
    const root = roots.find((candidate) => isIssuedBy(link, candidate))
    if (root) return isValidAt(root, now) ? ok([...chain, root]) : refuse('the root certificate has expired')
    const next = intermediates.find((candidate) => isIssuedBy(link, candidate) && candidate !== link)
    if (!next) break
    link = next
  }
  return refuse('no chain leads to the pinned roots')
}

/** The key of `leaf`, once `findChain` has found its chain. */
export function keyByChain(...chain: Parameters<typeof findChain>): Result<KeyObject, CertificateError> {
  const found = findChain(...chain)
  return found.ok ? ok(chain[0].publicKey) : found
}

export const isValidAt = (certificate: X509Certificate, now: Date): boolean =>
  certificate.validFromDate <= now && now <= certificate.validToDate

/** `checkIssued` alone compares names only; the signature is what counts. SM2 keys cannot be verified here and never match. */
function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  } catch {
    return false
  }
}
