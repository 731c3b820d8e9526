import { createHash, type X509Certificate } from 'node:crypto'

/** Signature algorithms of the PKCS#1 family; the SM2 and ECDSA roots in Alipay's file do not count. */
const RSA_SIGNATURES = '1.2.840.113549.1.1.'

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

const isRsaSigned = (certificate: X509Certificate): boolean =>
  certificate.signatureAlgorithmOid?.startsWith(RSA_SIGNATURES) === true
